import { useState } from "react";

export default function App() {
  const [todo, setTodo] = useState(["Buy milk", "Call mom"]);
  const [doing, setDoing] = useState(["Homework"]);
  const [done, setDone] = useState([]);
  const [text, setText] = useState("");

  const columns = [
    { name: "To do", list: todo, next: (t) => setDoing([...doing, t]) },
    { name: "Doing", list: doing, next: (t) => setDone([...done, t]) },
    { name: "Done", list: done },
  ];

  return (
    <div className="bg-purple-600 min-h-screen p-10">
      <h1 className="text-5xl text-white text-center mb-6">My Board!!</h1>
      <input placeholder="task" onChange={(e) => setText(e.target.value)} className="p-2" />
      <button className="bg-pink-400 text-white p-2" onClick={() => setTodo([...todo, text])}>Add</button>
      <div className="flex gap-4 mt-6">
        {columns.map((c) => (
          <div className="bg-white p-4 w-80">
            <h2 className="text-gray-300">{c.name}</h2>
            {c.list.map((t) => (
              <div className="bg-yellow-200 p-2 m-2">
                {t}
                {c.next && <button onClick={() => c.next(t)} className="ml-2">→</button>}
                <button className="ml-2 text-red-300">x</button>
              </div>
            ))}
          </div>
        ))}
      </div>
    </div>
  );
}
