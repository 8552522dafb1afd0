import { useState } from "react";
import { Area, AreaChart, CartesianGrid, ResponsiveContainer, Tooltip, XAxis, YAxis } from "recharts";
import { Package, ShoppingCart, TrendingUp } from "lucide-react";
import { MONTHS, PRODUCTS, REVENUE, Year } from "./data";
import "./dashboard.css";

const money = (value: number) => `€${Math.round(value).toLocaleString("en")}`;

export default function App() {
  const [year, setYear] = useState<Year>("2025");
  const revenue = REVENUE[year];
  const total = revenue.reduce((sum, each) => sum + each, 0);
  const orders = Math.round(total / 46);
  const points = MONTHS.map((month, at) => ({ month, revenue: revenue[at] }));
  const products = [...PRODUCTS].sort((one, other) => other.sold[year] - one.sold[year]);
  const figures = [
    { name: "Revenue", value: money(total), Icon: TrendingUp },
    { name: "Orders", value: orders.toLocaleString("en"), Icon: ShoppingCart },
    { name: "Per order", value: money(total / orders), Icon: Package },
  ];

  return (
    <main className="min-h-screen bg-slate-50 px-4 py-8 text-slate-900 sm:px-8">
      <div className="mx-auto max-w-6xl space-y-6">
        <header className="flex flex-wrap items-center justify-between gap-4">
          <h1 className="text-2xl font-bold tracking-tight">Sales</h1>
          <div role="group" aria-label="Year" className="flex rounded-lg bg-slate-200 p-1">
            {(["2024", "2025"] as const).map((each) => (
              <button
                key={each}
                aria-pressed={year === each}
                onClick={() => setYear(each)}
                className="rounded-md px-4 py-1.5 font-medium aria-pressed:bg-white aria-pressed:shadow-sm"
              >
                {each}
              </button>
            ))}
          </div>
        </header>
        <section aria-label="Key figures" className="grid gap-4 sm:grid-cols-3">
          {figures.map(({ name, value, Icon }) => (
            <div key={name} className="rounded-xl border border-slate-200 bg-white p-5">
              <p className="flex items-center gap-2 text-sm text-slate-600"><Icon size={16} /> {name}</p>
              <p className="mt-2 text-3xl font-semibold tabular-nums">{value}</p>
            </div>
          ))}
        </section>
        <section className="rounded-xl border border-slate-200 bg-white p-5">
          <h2 className="mb-4 font-semibold">Revenue by month</h2>
          <div>
            <ResponsiveContainer height={288}>
              <AreaChart data={points} margin={{ left: 8, right: 8 }}>
                <CartesianGrid vertical={false} stroke="#e2e8f0" />
                <XAxis dataKey="month" tickLine={false} />
                <YAxis tickFormatter={(value) => `${value / 1000}k`} width={40} tickLine={false} axisLine={false} />
                <Tooltip formatter={(value) => money(Number(value))} />
                <Area dataKey="revenue" stroke="var(--accent)" fill="var(--accent)" fillOpacity={0.15} strokeWidth={2} />
              </AreaChart>
            </ResponsiveContainer>
          </div>
        </section>
        <section className="overflow-x-auto rounded-xl border border-slate-200 bg-white p-5">
          <h2 className="mb-3 font-semibold">Best products</h2>
          <table className="w-full min-w-80 text-left">
            <thead className="text-sm text-slate-600">
              <tr><th className="py-2 font-medium">Product</th><th className="py-2 text-right font-medium">Sold</th><th className="py-2 text-right font-medium">Revenue</th></tr>
            </thead>
            <tbody>
              {products.map((product) => (
                <tr key={product.name} className="border-t border-slate-100">
                  <td className="py-2.5">{product.name}</td>
                  <td className="py-2.5 text-right tabular-nums">{product.sold[year]}</td>
                  <td className="py-2.5 text-right tabular-nums">{money(product.sold[year] * product.price)}</td>
                </tr>
              ))}
            </tbody>
          </table>
        </section>
      </div>
    </main>
  );
}
