from flask import Flask, flash, redirect, render_template, request, url_for

app = Flask(__name__)
app.secret_key = "a list of its own"
entries = [{"id": number, "text": text, "done": False} for number, text in enumerate(ITEMS)]


@app.route("/")
def index():
    left = sum(not entry["done"] for entry in entries)
    return render_template("index.html", title="TITLE", entries=entries, left=left)


@app.route("/add", methods=["POST"])
def add():
    text = request.form.get("text", "").strip()
    if text:
        number = max((entry["id"] for entry in entries), default=-1) + 1
        entries.append({"id": number, "text": text[:80], "done": False})
        flash(f"Added “{text[:80]}”.")
    else:
        flash("Write something first.")
    return redirect(url_for("index"))


@app.route("/entries/<int:number>/<what>", methods=["POST"])
def change(number, what):
    for entry in [entry for entry in entries if entry["id"] == number]:
        if what == "toggle":
            entry["done"] = not entry["done"]
        elif what == "remove":
            entries.remove(entry)
            flash(f"Removed “{entry['text']}”.")
    return redirect(url_for("index"))


if __name__ == "__main__":
    app.run(port=5000)
