import numpy as np
import pandas as pd
import streamlit as st

st.set_page_config(page_title="TITLE", layout="wide")
NAMES = ITEMS


@st.cache_data
def made_up(months):
    chance = np.random.default_rng(7)
    steps = chance.normal(2, 8, (months, len(NAMES)))
    index = pd.date_range("2025-01-01", periods=months, freq="MS")
    return pd.DataFrame(100 + steps.cumsum(axis=0), index=index, columns=NAMES).round(1)


st.title("TITLE")
with st.sidebar:
    months = st.slider("Months", 6, 36, 18)
    chosen = st.multiselect("Shown", NAMES, default=list(NAMES))
    smooth = st.toggle("Smooth over three months")

data = made_up(months)[chosen]
shown = data.rolling(3, min_periods=1).mean().round(1) if smooth else data
if not chosen:
    st.info("Choose something in the bar at the side.")
else:
    for column, name in zip(st.columns(len(chosen)), chosen):
        column.metric(name, shown[name].iloc[-1], round(shown[name].iloc[-1] - shown[name].iloc[0], 1))
    st.line_chart(shown)
    with st.expander("As a table"):
        st.dataframe(shown, use_container_width=True)
    st.download_button("Download as CSV", shown.to_csv(), "figures.csv", "text/csv")
