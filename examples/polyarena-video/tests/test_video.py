"""The video arena, over HTTP."""

import pytest
from polyarena import File, FileReady, Finish
from polyarena.testing import ScriptedModel, check_arena

from polyarena_video.arena import VideoArena
from polyarena_video.demo import COURSES, DrawingProvider, drawn, trembling
from polyarena_video.films import Film, NoFilm


def test_it_conforms():
    film = drawn("A ball", trembling).written()
    assert check_arena(VideoArena(), answer=[FileReady(film, "film.y4m"), Finish()]) == []


def test_two_films_are_shown_by_the_plugins_own_element(serve_arena):
    visitor = serve_arena(VideoArena(), DrawingProvider())
    battle = visitor.ask("video", "A red ball").wait()
    page = battle.page()
    assert len(page.find("polyarena-film")) == 2
    (module,) = (m["src"] for m in page.find("script", type="module") if "/plugins/" in m["src"])
    assert "customElements.define" in visitor.client.get(module).text
    assert "readFilm" in visitor.client.get(module.replace("film.js", "y4m.js")).text
    for side in "ab":
        (file,) = battle.parts(side)
        assert isinstance(file, File)
        assert Film.read(battle.load(file).content).seconds == 3
    battle.vote("b", reasons=["smooth"])
    assert set(battle.names.values()) <= {name for name, _ in COURSES.values()}


def test_remarks_and_names_of_files_are_left_out(serve_arena):
    film = drawn("A ball", trembling).written()
    signed = film.replace(b" C420jpeg\n", b" C420jpeg XACME=1\n", 1)
    models = [
        ScriptedModel(name, [FileReady(signed, "acme.y4m"), Finish()], capabilities={"video"})
        for name in ("Acme One", "Acme Two")
    ]
    battle = serve_arena(VideoArena(), *models).ask("video").wait()
    for side in "ab":
        (file,) = battle.parts(side)
        assert file.filename == "film-3.0s.y4m"
        assert b"ACME" not in battle.load(file).content


@pytest.mark.parametrize(
    "data",
    [
        b"GIF89a",
        b"YUV4MPEG2 W4 H4\nFRAME\n",
        b"YUV4MPEG2 W4 H4 F12:1\n",
        b"YUV4MPEG2 W4 H4 F12:1\nFRAME\nshort",
        b"YUV4MPEG2 W4000 H4 F12:1\nFRAME\n",
        b"YUV4MPEG2 W4 H4 F12:1 C444\nFRAME\n" + bytes(48),
    ],
)
def test_what_is_no_film_is_refused(data):
    with pytest.raises(NoFilm):
        Film.read(data)
