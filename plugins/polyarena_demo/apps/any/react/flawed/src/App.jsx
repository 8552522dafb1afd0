import { useState } from "react";

export default function App() {
  const [count, setCount] = useState(0);
  const items = ITEMS;
  return (
    <div className="min-h-screen bg-gradient-to-r from-indigo-500 via-purple-500 to-pink-500 p-20 text-center">
      <h1 className="text-7xl text-white">TITLE</h1>
      {items.map((i) => (
        <div className="m-4 bg-white/20 p-6 text-gray-200">
          {i} <button onClick={() => setCount(count + 1)}>+</button> <button>Share</button>
        </div>
      ))}
      <p>{count}</p>
      <a href="#" onClick={() => items.reset()}>Reset</a>
    </div>
  );
}
