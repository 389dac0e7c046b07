"""The window: the start page until a plan is open, then the workbench.

Nothing heavy is imported here: the workbench with the map comes with the first plan.
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QByteArray, Qt
from PySide6.QtWidgets import QApplication, QFileDialog, QMainWindow, QStackedWidget

from geo.errors import CancelledError
from gui import i18n, settings, theme
from gui.actions import Actions
from gui.i18n import retext, tr
from gui.panels.base import Desk
from gui.panels.start import StartPage
from gui.reading import Reading
from gui.selection import Selection
from gui.session import PlanSession
from gui.tasks.runner import TaskRunner
from gui.warm_up import WarmUp, read_gazetteer
from gui.widgets.toast import Toast

if TYPE_CHECKING:
    from collections.abc import Sequence

    from PySide6.QtGui import QCloseEvent, QKeyEvent

    from geo.errors import PlanError
    from geo.gazetteer import Gazetteer
    from geo.progress import Progress
    from gui.dialogs.new_plan import NewPlanDialog
    from gui.services import NewPlan, Services
    from gui.settings import Settings
    from gui.workbench import Workbench

SMALLEST = (1024, 640)
FIRST_SIZE = (1366, 768)
PASSPHRASE_CODES = frozenset({"error.plan.needs_passphrase", "error.plan.wrong_passphrase"})


class MainWindow(QMainWindow):
    """Unity Command Map."""

    def __init__(self, services: Services, remembered: Settings) -> None:
        super().__init__()
        self.services, self.settings = services, remembered
        self.session = PlanSession(services.signer_of, self)
        self.runner = TaskRunner(self)
        self.actions_ = Actions(self)
        self.start = StartPage(with_demo=services.build_demo is not None)
        self.stack = QStackedWidget()
        self.stack.addWidget(self.start)
        self.setCentralWidget(self.stack)
        self.toast = Toast(self)
        self.desk = Desk(
            session=self.session,
            selection=Selection(self),
            runner=self.runner,
            settings=remembered,
            services=services,
            toast=self.toast,
            reading=Reading(),
        )
        self._workbench: Workbench | None = None
        self._gazetteer: Gazetteer | None = None
        self._path: Path | None = None
        self._asking: NewPlanDialog | None = None
        self.setMinimumSize(*SMALLEST)
        self.resize(*FIRST_SIZE)
        if remembered.geometry:
            self.restoreGeometry(QByteArray.fromHex(remembered.geometry.encode()))
        self._connect()
        retext(self, self._word)
        self._warming = WarmUp(self)
        self._warming.soon(self._warm_up)

    def _connect(self) -> None:
        start, session, actions = self.start, self.session, self.actions_
        start.new_asked.connect(self.ask_new_plan)
        start.open_asked.connect(self.ask_open_plan)
        start.plan_chosen.connect(self.open_plan)
        start.plan_forgotten.connect(self._forget)
        start.demo_asked.connect(self.build_demo)
        start.show_recent(self.settings.recent)
        session.opened.connect(self._opened)
        session.closed.connect(self._closed)
        session.failed.connect(self._failed)
        session.warned.connect(self.toast_warnings)
        for name, act in (
            ("new_plan", self.ask_new_plan),
            ("open_plan", self.ask_open_plan),
            ("save_copy", self.ask_save_copy),
            ("close_plan", session.close),
            ("language", self.switch_language),
            ("theme", self.switch_theme),
            ("shortcuts", self.show_shortcuts),
            ("quit", self.close),
        ):
            actions[name].triggered.connect(lambda _checked=False, act=act: act())

    # --- looks --------------------------------------------------------------------------------

    def _word(self) -> None:
        project = self.session.project
        name = tr("window.app_name")
        self.setWindowTitle(f"{project.info.name} – {name}" if project else name)

    def set_language(self, language: str) -> None:
        """Word the whole window in ``km`` or ``en``."""
        self.settings.language = language
        app = QApplication.instance()
        if isinstance(app, QApplication):
            theme.apply(app, self.settings.theme, "km" if language == "km" else "en")
        i18n.set_language("km" if language == "km" else "en")

    def switch_language(self) -> None:
        """Word the window in the other language."""
        self.set_language("en" if i18n.language() == "km" else "km")

    def switch_theme(self) -> None:
        """Go from light to dark or back."""
        self.set_theme("light" if self.settings.theme == "dark" else "dark")

    def set_theme(self, name: str) -> None:
        """Dress the window ``light`` or ``dark``."""
        self.settings.theme = name
        app = QApplication.instance()
        if isinstance(app, QApplication):
            theme.apply(app, name, i18n.language())

    def show_shortcuts(self) -> None:
        """Show every command with its keys, and what this program is."""
        from gui.dialogs.shortcuts import ShortcutsDialog

        ShortcutsDialog(self).open()

    # --- plans --------------------------------------------------------------------------------

    @property
    def workbench(self) -> Workbench:
        """The window's furniture while a plan is open; made when the first plan is."""
        if self._workbench is None:
            from gui.workbench import Workbench

            self._workbench = Workbench(self.desk, self.actions_, self, self.stack)
            self._workbench.language_asked.connect(self.set_language)
            self._workbench.finder.gazetteer = self._gazetteer
            self.stack.addWidget(self._workbench)
        return self._workbench

    def _warm_up(self) -> None:
        """Read what is heavy once the window is on the screen."""
        self.runner.run(
            lambda _progress: read_gazetteer(), self._warm, lambda _error: None, outlives_plan=True
        )

    def _warm(self, gazetteer: Gazetteer) -> None:
        self._gazetteer = gazetteer
        if self._workbench is not None:
            self._workbench.finder.gazetteer = gazetteer

    def ask_new_plan(self) -> None:
        """Ask what a new plan is to be, and make it."""
        from gui.dialogs.new_plan import NewPlanDialog

        dialog = NewPlanDialog(self)
        dialog.waits = True
        dialog.ready.connect(self.create_plan)
        dialog.finished.connect(self._asked)
        self._asking = dialog
        dialog.open()

    def _asked(self) -> None:
        self._asking = None

    def _answer(self, error: PlanError | None) -> bool:
        """Tell the dialog of a new plan that it was made, or why not; False if there is none."""
        dialog = self._asking
        if dialog is None:
            return False
        if error is None:
            dialog.accept()
        else:
            dialog.refuse(error)
        return True

    def create_plan(self, asked: NewPlan) -> None:
        """Make a plan file and open it."""
        self._begin(asked.path, "start.creating")
        self.session.open(lambda: self.services.create_store(asked))

    def ask_open_plan(self) -> None:
        """Let the user choose a plan file."""
        name, _ = QFileDialog.getOpenFileName(
            self,
            tr("action.open_plan"),
            self._folder(),
            f"{tr('window.plan_files')} (*.gpkg *.ucmplan)",
        )
        if name:
            self.open_plan(Path(name))

    def ask_save_copy(self) -> None:
        """Let the user choose where a copy of the whole plan goes."""
        kept = self._path
        stem, suffix = (kept.stem, kept.suffix) if kept is not None else ("", ".gpkg")
        name, _ = QFileDialog.getSaveFileName(
            self,
            tr("action.save_copy"),
            str(Path(self._folder()) / f"{stem} {tr('window.copy_word')}{suffix}"),
            f"{tr('window.plan_files')} (*{suffix})",
        )
        if name:
            self.save_copy(Path(name).with_suffix(suffix))

    def save_copy(self, path: Path) -> None:
        """Write the plan as it is now to another file, off the main thread."""
        from gui.store_work import copy_plan

        def work(_progress: Progress) -> None:
            self.session.on_store_thread(lambda project: copy_plan(project, path)).result()

        self.runner.run(
            work,
            lambda _none: self.toast.tell("window.copy_saved", name=path.name),
            self.toast.fail,
            outlives_plan=True,
        )

    def open_plan(self, path: Path, passphrase: str | None = None) -> None:
        """Open a plan file."""
        self._begin(path, "start.opening")
        user = self.settings.users.get(str(path), "")
        self.session.open(lambda: self.services.open_store(path, passphrase), user)

    def build_demo(self) -> None:
        """Build the demonstration plan beside the settings and open it."""
        build = self.services.build_demo
        if build is None:
            return
        folder = self.services.home / "demo"
        task = self.runner.run(
            lambda progress: build(folder, progress),
            self.open_plan,
            self._open_failed,
            outlives_plan=True,
        )
        self.stack.setCurrentWidget(self.start)
        self.start.show_loading("start.building_demo", task)

    def _begin(self, path: Path, code: str) -> None:
        self.session.close()
        self._path = path
        self.start.show_loading(code)
        self.stack.setCurrentWidget(self.start)

    def _opened(self) -> None:
        self._answer(None)
        if self._workbench is None:
            # Its panels hear of the plan only if they are there when it is announced.
            bench = self.workbench
            bench.start()
        if self._path is not None:
            self.settings.remember_plan(self._path)
        self._warming.begin()
        self.actions_.plan_is_open(True)
        self.stack.setCurrentWidget(self.workbench)
        self._word()

    def _closed(self) -> None:
        self.actions_.plan_is_open(False)
        self.start.show_recent(self.settings.recent)
        self.start.show_page()
        self.stack.setCurrentWidget(self.start)
        self._word()

    def _failed(self, error: PlanError) -> None:
        if self.session.project is None:
            self._open_failed(error)
        else:
            self.toast.fail(error)

    def toast_warnings(self, errors: Sequence[PlanError]) -> None:
        """Say what could not be done when the plan was opened."""
        self.toast.fail(*errors)

    def _open_failed(self, error: PlanError) -> None:
        if isinstance(error, CancelledError):
            self.start.show_page()
            return
        if self._answer(error):
            self.start.show_page()
            return
        if error.code in PASSPHRASE_CODES and self._path is not None:
            self._ask_passphrase(self._path, error)
            return
        self.start.show_error(error, self.start.show_page)
        self.stack.setCurrentWidget(self.start)

    def _ask_passphrase(self, path: Path, error: PlanError) -> None:
        from gui.dialogs.passphrase import PassphraseDialog

        self.start.show_page()
        dialog = PassphraseDialog(path.stem, error, self)
        dialog.ready.connect(lambda passphrase: self.open_plan(path, passphrase))
        dialog.open()

    def _forget(self, path: Path) -> None:
        self.settings.forget_plan(path)
        self.start.show_recent(self.settings.recent)

    def _folder(self) -> str:
        return str(Path(self.settings.recent[0]).parent) if self.settings.recent else ""

    # --- the end ------------------------------------------------------------------------------

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape and self.session.project is not None:
            self.workbench.escape()
        else:
            super().keyPressEvent(event)

    def closeEvent(self, event: QCloseEvent) -> None:
        self._remember()
        self._warming.stop()
        self.desk.reading.cancel()
        self.desk.computing.close()
        self.runner.close()
        self.desk.reading.close()
        self.session.shut_down()
        if self._workbench is not None:
            self._workbench.shut_down()
        super().closeEvent(event)

    def _remember(self) -> None:
        project = self.session.project
        if project is not None and project.user is not None and self._path is not None:
            self.settings.users[str(self._path)] = project.user.id
        self.settings.geometry = bytes(self.saveGeometry().toHex().data()).decode()
        try:
            settings.save(self.settings, self.services.home)
        except OSError:
            return  # a full disk must not keep the window from closing
