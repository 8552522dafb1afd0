from flask import Flask, request

app = Flask(__name__)
entries = list(ITEMS)


@app.route("/", methods=["GET", "POST"])
def index():
    if request.method == "POST":
        entries.append(request.form["text"])
    rows = "".join(f"<li>{entry} <button>Remove</button></li>" for entry in entries)
    return f"<h1>TITLE</h1><form method=post><input name=text><button>Add</button></form>{rows}"


app.run(debug=True)
