import { useState } from "react";
import { Bar, BarChart, XAxis } from "recharts";

const data = [
  { m: "Jan", v: 10 }, { m: "Feb", v: 14 }, { m: "Mar", v: 9 }, { m: "Apr", v: 17 },
  { m: "May", v: 22 }, { m: "Jun", v: 19 },
];

export default function App() {
  const [products] = useState(null);
  console.error("TODO: load the products");
  return (
    <div style={{ background: "#101827", color: "#6b7280", minHeight: "100vh", padding: 30, width: 1100 }}>
      <h1 style={{ fontSize: 40 }}>Dashboard</h1>
      <button style={{ background: "#374151", padding: 8 }}>2024</button>{" "}
      <button style={{ background: "#374151", padding: 8 }}>2025</button>
      <div style={{ display: "flex", gap: 20, margin: "20px 0" }}>
        <div style={{ background: "#1f2937", padding: 20 }}>Revenue<br /><b>$91k</b></div>
        <div style={{ background: "#1f2937", padding: 20 }}>Orders<br /><b>1,234</b></div>
        <div style={{ background: "#1f2937", padding: 20 }}>Users<br /><b>999</b></div>
      </div>
      <BarChart width={1000} height={300} data={data}><XAxis dataKey="m" /><Bar dataKey="v" fill="#f472b6" /></BarChart>
      <h2>Products</h2>
      <button onClick={() => alert(products.length)}>Show all</button>
    </div>
  );
}
