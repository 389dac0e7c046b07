from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QWidget

from geo.errors import InputError
from gui import i18n, icons, theme
from gui.i18n import message
from gui.widgets.buttons import Button, Segments, explain
from gui.widgets.layouts import Flow, boxed
from gui.widgets.states import StateView
from gui.widgets.texts import Chip, Data, Text
from gui.widgets.toast import Toast


@pytest.fixture
def view(dressed, qtbot):
    made = StateView(QLabel("full"))
    qtbot.addWidget(made)
    made.resize(300, 400)
    made.show()
    return made


def test_an_empty_screen_says_what_to_do_next_with_one_button(view, qtbot):
    pressed = []
    view.show_empty(
        "panel.plan.no_zones",
        "panel.plan.no_zones_next",
        button="panel.plan.draw",
        press=lambda: pressed.append(True),
    )
    page = view.empty_page
    assert view.state == "empty"
    assert view.currentWidget() is page
    assert page.title.text() == "No zone yet"
    qtbot.mouseClick(page.button, Qt.MouseButton.LeftButton)
    assert pressed == [True]


def test_an_empty_screen_is_worded_anew_in_another_language(view):
    view.show_empty("panel.plan.no_zones", "panel.plan.no_zones_next")
    i18n.set_language("km")
    assert view.empty_page.title.text() == "មិនទាន់មានតំបន់ទេ"
    assert "ផែនទី" in view.empty_page.text.text()


def test_a_failed_screen_says_what_why_and_what_next(view):
    view.show_error(InputError("error.zone.gone"), "start.back", lambda: None)
    assert view.state == "error"
    assert view.error_page.text.text() == message(InputError("error.zone.gone"))
    assert view.error_page.button.isVisibleTo(view)


def test_a_loading_screen_without_a_task_offers_no_cancel(view):
    view.show_loading("start.opening")
    assert view.state == "loading"
    assert not view.loading_page.button.isVisibleTo(view)


def test_the_full_screen_is_the_screen_itself(view):
    view.show_loading("start.opening")
    view.show_full()
    assert view.currentWidget().text() == "full"


def test_a_disabled_button_explains_itself_in_the_language_of_the_window(dressed, qtbot):
    button = Button("panel.plan.draw", tip="panel.zone.give_tip")
    qtbot.addWidget(button)
    explain(button, "panel.why.nobody")
    assert not button.isEnabled()
    assert "who acts" in button.toolTip()
    i18n.set_language("km")
    assert "អ្នកធ្វើការ" in button.toolTip()
    explain(button)
    assert button.isEnabled()
    assert "អ្នកធ្វើការ" not in button.toolTip()


def test_labels_never_show_html(dressed, qtbot):
    for label in (Text("window.app_name"), Data("<b>x</b>"), Chip("<img src=x>")):
        qtbot.addWidget(label)
        assert label.textFormat() is Qt.TextFormat.PlainText


def test_a_widget_that_is_gone_is_not_worded_any_more(dressed, qtbot):
    owner = QWidget()
    said = []
    i18n.retext(owner, lambda: said.append(i18n.language()))
    with qtbot.waitSignal(owner.destroyed):
        owner.deleteLater()
    i18n.set_language("km")
    assert said == ["en"]


def test_a_choice_tells_only_what_the_user_chose(dressed, qtbot):
    choice = Segments([("a", "=A"), ("b", "=B")], "action.language")
    qtbot.addWidget(choice)
    told = []
    choice.chosen.connect(told.append)
    choice.choose("a")
    assert choice.choice() == "a"
    assert told == []
    choice.show()
    qtbot.mouseClick(choice.findChildren(QWidget)[1], Qt.MouseButton.LeftButton)
    assert told == ["b"]


def test_a_message_of_an_error_stays_until_it_is_closed(dressed, qtbot):
    window = QWidget()
    qtbot.addWidget(window)
    window.resize(900, 600)
    window.show()
    toast = Toast(window)
    toast.fail(InputError("error.zone.gone"))
    assert toast.isVisible()
    assert toast.label.textFormat() is Qt.TextFormat.PlainText
    assert window.rect().contains(toast.geometry())


def test_an_error_without_words_still_makes_a_message(dressed):
    assert "no.such.code" in message(InputError("no.such.code"))


def test_things_that_do_not_fit_into_one_line_flow_into_the_next(dressed, qtbot):
    flow = Flow()
    for _ in range(6):
        flow.addWidget(Chip("a state of things"))
    box = boxed(flow)
    qtbot.addWidget(box)
    assert flow.heightForWidth(1000) < flow.heightForWidth(200)


def test_icons_take_the_colour_of_the_theme(dressed):
    for name, tones in theme.THEMES.items():
        image = icons.pixmap("polygon", tones.accent, 48).toImage()
        found = {
            image.pixelColor(x, y).name().lower()
            for x in range(48)
            for y in range(48)
            if image.pixelColor(x, y).alpha() == 255
        }
        assert tones.accent.lower() in found, name


@pytest.mark.parametrize("tones", theme.THEMES.values(), ids=lambda t: t.name)
@pytest.mark.parametrize(
    ("text", "ground"),
    [
        ("text", "surface"),
        ("text", "raised"),
        ("muted", "surface"),
        ("muted", "raised"),
        ("on_accent", "accent"),
        ("accent", "raised"),
        ("accent", "tint"),
        ("warning", "warning_tint"),
        ("text", "danger_tint"),
        ("allegation", "allegation_tint"),
    ],
)
def test_text_stands_out_from_its_ground(tones, text, ground):
    """WCAG 2.1, contrast (minimum): 4.5 to 1."""
    assert contrast(getattr(tones, text), getattr(tones, ground)) >= 4.5


def contrast(one: str, other: str) -> float:
    lighter, darker = sorted((luminance(one), luminance(other)), reverse=True)
    return (lighter + 0.05) / (darker + 0.05)


def luminance(colour: str) -> float:
    parts = [int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)]
    linear = [p / 12.92 if p <= 0.04045 else ((p + 0.055) / 1.055) ** 2.4 for p in parts]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]
