import { FormEvent, useState } from "react";
import { Plus } from "lucide-react";
import "./app.css";

const FIRST = ITEMS.map((name, at, all) => ({ name, count: all.length - at }));

export default function App() {
  const [items, setItems] = useState(FIRST);
  const [name, setName] = useState("");
  const sorted = [...items].sort((one, other) => other.count - one.count);
  const most = Math.max(1, ...items.map((item) => item.count));

  function add(event: FormEvent) {
    event.preventDefault();
    if (name.trim()) setItems([...items, { name: name.trim(), count: 1 }]);
    setName("");
  }

  return (
    <main className="min-h-screen bg-stone-50 px-4 py-10 text-stone-900">
      <div className="mx-auto max-w-2xl">
        <h1 className="text-3xl font-bold">TITLE</h1>
        <p role="status" className="mt-1 text-stone-600">{items.length} in the running; in front: {sorted[0].name}.</p>
        <ul className="mt-6 space-y-2">
          {sorted.map((item) => (
            <li key={item.name} className="flex items-center gap-4 rounded-xl bg-white p-4 shadow-sm">
              <b className="w-32 truncate">{item.name}</b>
              <div className="h-2 flex-1 rounded bg-stone-200">
                <div className="accent h-2 rounded" style={{ width: `${(item.count / most) * 100}%` }} />
              </div>
              <span className="w-6 text-right tabular-nums">{item.count}</span>
              <button
                aria-label={`One more for ${item.name}`}
                onClick={() => setItems(items.map((each) => (each === item ? { ...each, count: each.count + 1 } : each)))}
                className="accent rounded-lg p-2 text-white"
              >
                <Plus size={16} />
              </button>
            </li>
          ))}
        </ul>
        <form onSubmit={add} className="mt-6 flex gap-2">
          <input
            aria-label="Something new"
            value={name}
            onChange={(event) => setName(event.target.value)}
            className="min-w-0 flex-1 rounded-lg border border-stone-400 bg-white px-4 py-2"
          />
          <button className="accent rounded-lg px-5 font-semibold text-white">Add</button>
        </form>
      </div>
    </main>
  );
}
