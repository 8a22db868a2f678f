"""Types at the prompt of an interpreter on a pseudo-terminal and looks at what the screen shows.

    taipan Tests/Terminal/terminal.py [INTERPRETER]

Runs under any Python 3.10, taipan included; INTERPRETER defaults to the one that runs this. The screen is kept by a small
terminal emulator: rows of characters, the cursor, and whether colours were used. Every check names the fact it holds.
"""
import errno
import fcntl
import os
import pty
import re
import select
import signal
import struct
import sys
import tempfile
import termios
import time
import unicodedata

WIDTH, HEIGHT = 80, 40
INTERPRETER = os.path.abspath(sys.argv[1]) if len(sys.argv) > 1 else sys.executable


def width(c):
    if unicodedata.combining(c):
        return 0
    return 2 if unicodedata.east_asian_width(c) in "WF" else 1


class Screen:
    """What a terminal would show."""

    def __init__(self, columns=WIDTH):
        self.columns = columns
        self.rows, self.row, self.column = [[]], 0, 0
        self.pending = ""
        self.colours = self.brackets = False

    def feed(self, data):
        text = self.pending + data
        i = 0
        while i < len(text):
            c = text[i]
            if c == "\x1b":
                match = re.compile(r"\x1b\[([?\d;]*)([A-Za-z@`])|\x1b[=>()].?").match(text, i)
                if not match:
                    break
                self.control(match.group(1) or "", match.group(2) or "")
                i = match.end()
                continue
            i += 1
            if c == "\r":
                self.column = 0
            elif c == "\n":
                self.down()
            elif c == "\b":
                self.column = max(0, self.column - 1)
            elif c == "\t":
                self.column = min(self.columns - 1, self.column // 8 * 8 + 8)
            elif c >= " ":
                self.put(c)
        self.pending = text[i:]

    def down(self):
        self.row += 1
        while len(self.rows) <= self.row:
            self.rows.append([])

    def put(self, c):
        wide = width(c)
        if self.column + wide > self.columns:
            self.column = 0
            self.down()
        line = self.rows[self.row]
        while len(line) < self.column + wide:
            line.append(" ")
        if wide == 0:
            if self.column:
                line[self.column - 1] += c
            return
        line[self.column] = c
        if wide == 2:
            line[self.column + 1] = ""
        self.column += wide

    def control(self, argument, letter):
        numbers = [int(n) if n else 0 for n in argument.lstrip("?").split(";")]
        n = max(1, numbers[0])
        if letter == "m":
            self.colours = self.colours or any(30 <= k <= 37 or k == 1 for k in numbers)
        elif letter == "A":
            self.row = max(0, self.row - n)
        elif letter == "B":
            self.row += n
        elif letter == "C":
            self.column = min(self.columns - 1, self.column + n)
        elif letter == "D":
            self.column = max(0, self.column - n)
        elif letter == "G":
            self.column = n - 1
        elif letter == "J":
            if numbers[0] == 2:
                self.rows = [[]]
                self.row = 0
            else:
                del self.rows[self.row + 1:]
                del self.rows[self.row][self.column:]
        elif letter == "K":
            del self.rows[self.row][self.column:]
        elif letter == "H":
            self.row = self.column = 0
        elif letter == "h" and argument == "?2004":
            self.brackets = True
        while len(self.rows) <= self.row:
            self.rows.append([])

    @property
    def text(self):
        return "\n".join("".join(row).rstrip() for row in self.rows).rstrip("\n")

    @property
    def line(self):
        return "".join(self.rows[self.row]).rstrip()


class Session:
    """An interpreter on a terminal of its own."""

    started = []

    def __init__(self, *arguments, home=None, columns=WIDTH, **environment):
        self.screen = Screen(columns)
        self.home = home or tempfile.mkdtemp()
        variables = {k: v for k, v in os.environ.items() if not k.startswith("PYTHON") and k != "NO_COLOR"}
        variables.update(TERM="xterm-256color", HOME=self.home, LC_ALL="C.UTF-8")
        variables.update(environment)
        self.pid, self.terminal = pty.fork()
        if self.pid == 0:
            try:
                os.execve(INTERPRETER, [INTERPRETER, "-q", *arguments], variables)
            finally:
                os._exit(127)
        Session.started.append(self)
        self.resize(columns)

    def resize(self, columns, rows=HEIGHT):
        fcntl.ioctl(self.terminal, termios.TIOCSWINSZ, struct.pack("HHHH", rows, columns, 0, 0))
        self.screen.columns = columns

    def read(self, seconds):
        """Feeds the screen for that long; False at the end of the program."""
        end = time.monotonic() + seconds
        while (left := end - time.monotonic()) > 0:
            if not select.select([self.terminal], [], [], left)[0]:
                return True
            try:
                data = os.read(self.terminal, 65536)
            except OSError as e:
                if e.errno != errno.EIO:
                    raise
                data = b""
            if not data:
                return False
            self.screen.feed(data.decode("utf-8", "replace"))
        return True

    def wait(self, condition, what, seconds=30):
        end = time.monotonic() + seconds
        while not condition(self.screen):
            if time.monotonic() > end or not self.read(0.05):
                if condition(self.screen):
                    break
                raise AssertionError(f"{what}; the screen shows:\n{self.screen.text}")
        return self

    def send(self, text):
        os.write(self.terminal, text.encode() if isinstance(text, str) else text)
        return self

    def expect(self, text, seconds=30):
        return self.wait(lambda s: text in s.text, f"waited for {text!r}", seconds)

    def prompt(self, prompt=">>>"):
        return self.wait(lambda s: s.line == prompt, f"waited for the prompt {prompt!r}")

    def enter(self, text):
        """Types a line and waits for the next prompt."""
        before = self.screen.row
        self.send(text + "\r")
        return self.wait(lambda s: s.row > before and s.line in (">>>", "..."), f"typed {text!r}")

    def block(self, text):
        """Types a block, line by line, and waits for the prompt behind it."""
        rows = self.screen.row + text.count("\r")
        self.send(text)
        return self.wait(lambda s: s.row >= rows and s.line == ">>>", f"typed {text!r}")

    def end(self):
        """The exit status after Ctrl-D."""
        self.send("\x04")
        return self.finish()

    def finish(self):
        """The exit status of a program that is about to end."""
        for _ in range(100):
            if not self.read(0.2):
                status = os.waitpid(self.pid, 0)[1]
                self.pid = 0
                return os.waitstatus_to_exitcode(status)
        raise AssertionError(f"it does not end; the screen shows:\n{self.screen.text}")

    def kill(self):
        if self.pid:
            os.kill(self.pid, signal.SIGKILL)
            os.waitpid(self.pid, 0)
            self.pid = 0


UP, DOWN, RIGHT, LEFT = "\x1b[A", "\x1b[B", "\x1b[C", "\x1b[D"
TESTS = []


def test(function):
    TESTS.append(function)
    return function


def check(condition, what, session):
    if not condition:
        raise AssertionError(f"{what}; the screen shows:\n{session.screen.text}")


@test
def a_value_is_shown_and_kept_in_underscore():
    s = Session().prompt()
    s.enter("1 + 1").expect("\n2\n")
    s.enter("_ * 21").expect("\n42\n")
    check(s.end() == 0, "the exit status is 0", s)


@test
def a_block_indents_itself_and_ends_with_an_empty_line():
    s = Session().prompt()
    s.send("def f(x):\r").wait(lambda t: t.line == "..." and t.column == 8, "the second line is indented by four")
    s.send("if x:\r").wait(lambda t: t.line == "..." and t.column == 12, "the third line is indented by eight")
    s.send("return 'yes'\r").wait(lambda t: t.line == "..." and t.column == 8, "after return it goes back")
    s.send("return 'no'\r").wait(lambda t: t.line == "..." and t.column == 4, "and back again")
    s.send("\r").prompt()
    s.enter("f(1), f(0)").expect("('yes', 'no')")
    s.kill()


@test
def the_whole_block_comes_back_with_up_and_can_be_changed():
    s = Session().prompt()
    s.send("for i in range(2):\rprint('a', i)\r\r").expect("a 1").prompt()
    s.send(UP)
    s.wait(lambda t: t.text.count("print('a', i)") == 2, "the block is there again")
    s.wait(lambda t: t.line.endswith("print('a', i)"), "with the cursor at its end")
    # Into the line above: its `2` becomes a `3`.
    s.send(UP + "\x05" + LEFT + LEFT + "\x7f" + "3").wait(lambda t: "range(3)" in t.text, "the first line is edited")
    s.send(DOWN + "\x05" + "\r" + "\r").expect("a 2").prompt()
    s.kill()


@test
def history_survives_in_the_file_and_blocks_stay_whole():
    home = tempfile.mkdtemp()
    s = Session(home=home).prompt()
    s.enter("first = 1")
    s.block("if 1:\rsecond = 2\r\r")
    check(s.end() == 0, "the exit status is 0", s)
    check(os.path.exists(os.path.join(home, ".python_history")), "the history file was written", s)
    s = Session(home=home).prompt()
    s.send(UP).expect("second = 2").expect(">>> if 1:")
    s.send("\x03").prompt()
    s.send(UP + UP + UP).expect(">>> first = 1")
    s.kill()


@test
def control_r_searches_backwards():
    s = Session().prompt()
    for line in ["alpha = 1", "beta = 2", "alphabet = 3"]:
        s.enter(line)
    s.send("\x12alpha").wait(lambda t: "alphabet = 3" in "\n".join(t.text.split("\n")[-3:]), "the newest match is shown")
    s.send("\x12").wait(lambda t: any(r.startswith(">>> alpha = 1") for r in t.text.split("\n")[-2:]), "Ctrl-R again goes on to the older one")
    s.send("\r").wait(lambda t: t.line.startswith(">>> alpha = 1") or t.line == ">>>", "Enter takes it")
    s.kill()


@test
def tab_completes_names_and_attributes():
    s = Session().prompt()
    s.enter("import string")
    s.send("string.ascii_lo\t").expect("string.ascii_lowercase")
    s.send("\r").expect("abcdefghijklmnopqrstuvwxyz").prompt()
    s.send("string.asc\t").expect("string.ascii_")
    s.send("\t").expect("ascii_letters")
    s.send("\x03").prompt()
    s.send("prin\t(7)\r").expect("\n7\n").prompt()
    s.kill()


@test
def tab_indents_in_leading_blanks():
    s = Session().prompt()
    s.send("if 1:\r\x15").wait(lambda t: t.column == 4, "the indentation is gone")
    s.send("\t").wait(lambda t: t.column == 8, "Tab brings it back")
    s.send("'x'\r\r").expect("'x'\n")
    s.kill()


@test
def a_paste_in_brackets_is_one_block():
    s = Session().prompt()
    s.wait(lambda t: t.brackets, "bracketed paste is switched on")
    s.send("\x1b[200~def g():\n    a = 1\n\n    return a + 4\n\x1b[201~").expect("return a + 4")
    check("IndentationError" not in s.screen.text, "the empty line does not end it", s)
    s.send("\r\r").prompt()
    s.enter("g()").expect("\n5\n")
    s.kill()


@test
def code_is_coloured():
    s = Session().prompt()
    s.send("def").read(0.5)
    check(s.screen.colours, "keywords are coloured", s)
    s.kill()


@test
def no_color_is_plain():
    s = Session(NO_COLOR="1").prompt()
    s.send("def 'x' # y\x03").read(0.5)
    check(not s.screen.colours, "no colours under NO_COLOR", s)
    s.kill()


@test
def a_dumb_terminal_gets_plain_lines():
    s = Session(TERM="dumb").prompt()
    s.send("6 * 7\n").expect("\n42\n")
    check(not s.screen.colours and not s.screen.brackets, "no control sequences", s)
    s.send("if 1:\n  'inside'\n\n").expect("'inside'\n>>>")
    check(s.end() == 0, "the exit status is 0", s)


@test
def help_is_there():
    s = Session(PAGER="cat").prompt()
    s.enter("help").expect("Type help() for interactive help")
    s.send("help(len)\r").expect("Return the number of items in a container.").prompt()
    s.kill()


@test
def control_c_drops_the_line():
    s = Session().prompt()
    s.send("half a li").expect("half a li")
    s.send("\x03").expect("KeyboardInterrupt").prompt()
    s.enter("1 + 1").expect("\n2\n")
    s.kill()


@test
def control_c_stops_a_loop():
    s = Session().prompt()
    s.send("while 1: pass\r\r").read(2)
    s.send("\x03").expect("KeyboardInterrupt").prompt()
    s.enter("import time")
    s.send("time.sleep(100)\r").read(2)
    s.send("\x03").wait(lambda t: t.text.count("KeyboardInterrupt") == 2, "sleep is interrupted").prompt()
    s.kill()


@test
def control_d_ends_only_an_empty_line():
    s = Session().prompt()
    s.send("ab" + "\x01" + "\x04").wait(lambda t: t.line == ">>> b", "Ctrl-D deletes in a line")
    s.send("\x03").prompt()
    check(s.end() == 0, "and ends at an empty one", s)


@test
def exit_ends_with_its_status():
    s = Session().prompt()
    s.send("exit(7)\r")
    check(s.finish() == 7, "the exit status is 7", s)


@test
def wide_characters_keep_the_cursor_in_place():
    s = Session().prompt()
    s.send("x = '日本'").wait(lambda t: t.line == ">>> x = '日本'" and t.column == 14, "each takes two columns")
    s.send(LEFT + LEFT + "語").wait(lambda t: t.line == ">>> x = '日語本'", "typing goes between them")
    s.send("\r").prompt()
    s.enter("len(x)").expect("\n3\n")
    s.send("'e\u0301'").wait(lambda t: t.column == 7, "marks take none")
    s.kill()


@test
def a_long_line_wraps_and_can_be_edited():
    s = Session(columns=20).prompt()
    s.send("'" + "a" * 30 + "'").wait(lambda t: t.text.count("a") == 30 and t.row == 1, "it goes on in the next row")
    s.send("\x01x = ").wait(lambda t: "x = 'aaa" in t.text, "text goes in at its start")
    s.send("\x05\r").prompt()
    s.enter("len(x)").expect("\n30\n")
    s.kill()


@test
def a_resized_window_is_noticed():
    s = Session(columns=40).prompt()
    s.enter("1")
    s.resize(20)
    os.kill(s.pid, signal.SIGWINCH)
    s.read(0.3)
    s.send("'" + "b" * 30 + "'").wait(lambda t: t.text.count("b") == 30, "the line is drawn in the new width")
    s.send("\r").prompt()
    s.kill()


@test
def control_z_and_kill_and_yank():
    s = Session().prompt()
    s.send("one two three").send("\x17").wait(lambda t: t.line == ">>> one two", "Ctrl-W takes a word")
    s.send("\x01\x0b").wait(lambda t: t.line == ">>>", "Ctrl-K takes the rest")
    s.send("\x19").wait(lambda t: "one two" in t.line, "Ctrl-Y puts it back")
    s.send("\x1f").wait(lambda t: t.line == ">>>", "Ctrl-_ undoes")
    s.kill()


@test
def errors_and_several_statements_of_a_block():
    s = Session().prompt()
    s.enter("1/0").expect("ZeroDivisionError: division by zero")
    s.enter("x = = 1").expect("SyntaxError: invalid syntax")
    s.send("\x1b[200~a = 3\nb = 4\na * b\n\x1b[201~\r").expect("\n12\n").prompt()
    s.kill()


@test
def input_reads_a_line_of_its_own():
    s = Session().prompt()
    s.send("n = input('name? ')\r").expect("name?")
    s.send("you\r").prompt()
    s.enter("n").expect("'you'")
    s.kill()


@test
def prompts_can_be_changed():
    s = Session().prompt()
    s.send("import sys; sys.ps1 = 'in: '\r").prompt("in:")
    s.kill()


def main():
    # A shell starts background jobs with SIGINT ignored, and children inherit that.
    signal.signal(signal.SIGINT, signal.default_int_handler)
    failed = 0
    only = sys.argv[2:]
    for function in TESTS:
        if only and function.__name__ not in only:
            continue
        try:
            function()
        except AssertionError as e:
            failed += 1
            print(f"FAILED {function.__name__}: {e}")
        else:
            print(f"ok {function.__name__}", flush=True)
        finally:
            for session in Session.started:
                session.kill()
                os.close(session.terminal)
            Session.started.clear()
    print(f"{len(only or TESTS) - failed} of {len(only or TESTS)} facts hold")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
