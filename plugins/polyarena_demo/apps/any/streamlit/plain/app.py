import pandas as pd
import streamlit as st

st.title("TITLE")
names = ITEMS
months = st.slider("Months", 6, 36, 18)
chosen = st.multiselect("Shown", names, default=list(names))
data = pd.DataFrame({name: [20 + (len(name) * month) % 37 for month in range(months)] for name in names})
if chosen:
    st.line_chart(data[chosen])
st.dataframe(data)
