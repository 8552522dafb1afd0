import pandas as pd
import streamlit as st

st.title("TITLE")
names = ITEMS
if st.button("Show"):
    st.bar_chart(pd.DataFrame({"value": range(len(names))}, index=names))
