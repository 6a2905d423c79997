# Each target sets up what it needs; only Python 3.11+ and make have to be there.
PYTHON ?= python3
BIN := .venv/bin

.PHONY: .venv demo test test-everything lint bench pictures clean

demo: .venv ## the bot, a lively community and a page in the browser that acts as Slack
	@$(BIN)/python -m bot demo

test: .venv lint ## everything that must hold, on SQLite and PostgreSQL
	$(BIN)/python -m pytest -n 3 --dist loadscope

test-everything: .venv lint ## the same, and every story of a handler on both databases
	$(BIN)/python -m pytest -n 3 --dist loadscope --everything

lint: .venv ## ruff, mypy strict, import-linter
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports

bench: .venv ## ratios against a bare Bolt app, from one run; and how fast the search is
	$(BIN)/python -m tests.bench

pictures: .venv ## the README's pictures, taken anew from the demo
	$(BIN)/python -m tests.browser.pictures

.venv: .venv/ready ## only sets up

# The stamp is written last, so a set-up that was interrupted is done again.
.venv/ready: pyproject.toml constraints.txt
	$(PYTHON) -m venv .venv
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --upgrade "pip>=25.1"
	$(BIN)/python -c "import tomllib; print(*tomllib.load(open('pyproject.toml', 'rb'))['project']['dependencies'], sep='\n')" > .venv/requirements.txt
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --constraint constraints.txt --requirement .venv/requirements.txt --group dev
	@touch .venv/ready

clean:
	rm -rf .venv .mypy_cache .ruff_cache .pytest_cache .hypothesis build
