"""What is installed for apps, as their authors are told."""

from __future__ import annotations

from collections.abc import Mapping

GROUPS: Mapping[str, tuple[str, ...]] = {
    "Interface": (
        *("react", "react-dom", "vue", "svelte", "tailwindcss", "@tailwindcss/forms"),
        *("@tailwindcss/typography", "tailwindcss-animate", "tw-animate-css", "bootstrap"),
        *("radix-ui", "@radix-ui/react-slot", "class-variance-authority", "clsx"),
        *("tailwind-merge", "styled-components", "sonner", "alpinejs", "jquery"),
    ),
    "Icons": (
        *("lucide-react", "lucide", "react-icons", "@heroicons/react"),
        "@fortawesome/fontawesome-free",
    ),
    "Charts": ("recharts", "chart.js", "react-chartjs-2", "d3", "echarts"),
    "3-D, games and drawing": (
        *("three", "@react-three/fiber", "@react-three/drei", "cannon-es", "pixi.js", "phaser"),
        *("p5", "matter-js", "simplex-noise"),
    ),
    "Motion and sound": (
        *("framer-motion", "motion", "gsap", "animejs", "animate.css", "canvas-confetti"),
        *("howler", "tone"),
    ),
    "State, routes and forms": (
        *("zustand", "jotai", "immer", "pinia", "react-router-dom", "vue-router"),
        *("react-hook-form", "zod", "@tanstack/react-query", "@dnd-kit/core", "@dnd-kit/sortable"),
    ),
    "Text and data": (
        *("react-markdown", "remark-gfm", "marked", "katex", "@highlightjs/cdn-assets"),
        *("date-fns", "dayjs", "lodash", "lodash-es", "mathjs", "papaparse", "axios", "nanoid"),
        "uuid",
    ),
}

PYTHON = (
    *("fastapi", "uvicorn", "flask", "streamlit", "gradio", "jinja2", "pydantic", "websockets"),
    *("numpy", "pandas", "scipy", "scikit-learn", "matplotlib", "plotly", "altair", "pillow"),
)
"""What apps in Python may import."""


def in_words() -> str:
    """The libraries, a line for each group."""
    groups = {**GROUPS, "Python 3.11": PYTHON}
    return "\n".join(f"- {title}: {', '.join(names)}" for title, names in groups.items())
