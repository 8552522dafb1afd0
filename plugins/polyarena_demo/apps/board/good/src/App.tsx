import { FormEvent, useState } from "react";
import { ArrowLeft, ArrowRight, Plus, Trash2 } from "lucide-react";
import "./board.css";

const COLUMNS = ["To do", "Doing", "Done"] as const;
type Task = { id: number; title: string; column: number };

const FIRST: Task[] = [
  { id: 1, title: "Book the train", column: 0 },
  { id: 2, title: "Water the tomatoes", column: 0 },
  { id: 3, title: "Write to Aunt Ida", column: 1 },
  { id: 4, title: "Fix the back door", column: 2 },
];

export default function App() {
  const [tasks, setTasks] = useState(FIRST);
  const [title, setTitle] = useState("");

  function add(event: FormEvent) {
    event.preventDefault();
    if (!title.trim()) return;
    setTasks([...tasks, { id: Date.now(), title: title.trim(), column: 0 }]);
    setTitle("");
  }

  function move(task: Task, by: number) {
    setTasks(tasks.map((each) => (each === task ? { ...each, column: each.column + by } : each)));
  }

  return (
    <main className="min-h-screen bg-slate-100 px-4 py-8 text-slate-900 sm:px-8">
      <div className="mx-auto max-w-5xl">
        <h1 className="text-3xl font-bold tracking-tight">Task board</h1>
        <form onSubmit={add} className="mt-5 flex gap-2">
          <input
            aria-label="New task"
            placeholder="What is to be done?"
            value={title}
            onChange={(event) => setTitle(event.target.value)}
            className="min-w-0 flex-1 rounded-lg border border-slate-400 bg-white px-4 py-2.5"
          />
          <button className="accent flex items-center gap-2 rounded-lg px-4 font-semibold text-white">
            <Plus size={18} /> Add
          </button>
        </form>
        <div className="mt-7 grid gap-5 md:grid-cols-3">
          {COLUMNS.map((name, column) => {
            const own = tasks.filter((task) => task.column === column);
            return (
              <section key={name} aria-label={name} className="rounded-xl bg-slate-200/70 p-4">
                <h2 className="flex items-center justify-between font-semibold">
                  {name}
                  <span className="rounded-full bg-white px-2.5 py-0.5 text-sm">{own.length}</span>
                </h2>
                <ul className="mt-3 space-y-2">
                  {own.map((task) => (
                    <li key={task.id} className="rounded-lg bg-white p-3 shadow-sm">
                      <p className="break-words">{task.title}</p>
                      <div className="mt-2 flex gap-1">
                        <Act label={`Move ${task.title} left`} off={column === 0} act={() => move(task, -1)}>
                          <ArrowLeft size={16} />
                        </Act>
                        <Act label={`Move ${task.title} right`} off={column === 2} act={() => move(task, 1)}>
                          <ArrowRight size={16} />
                        </Act>
                        <span className="flex-1" />
                        <Act
                          label={`Delete ${task.title}`}
                          act={() => setTasks(tasks.filter((each) => each !== task))}
                        >
                          <Trash2 size={16} />
                        </Act>
                      </div>
                    </li>
                  ))}
                </ul>
                {own.length === 0 && <p className="mt-3 text-sm text-slate-600">Nothing here.</p>}
              </section>
            );
          })}
        </div>
      </div>
    </main>
  );
}

type ActProps = { label: string; off?: boolean; act: () => void; children: React.ReactNode };

function Act({ label, off = false, act, children }: ActProps) {
  return (
    <button
      aria-label={label}
      disabled={off}
      onClick={act}
      className="rounded-md p-1.5 text-slate-600 hover:bg-slate-100 disabled:opacity-30"
    >
      {children}
    </button>
  );
}
