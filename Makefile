# make run       the six parts, with their figures
# make quick     the same, shortened, in under two minutes
# make test      the tests
# PYTHON=python3.13 make run    with the Python of your choice

PYTHON ?= python3
VENV ?= .venv
PY = $(VENV)/bin/python

.PHONY: run quick test lint clean venv check-python

run: venv
	$(PY) -m RNN

quick: venv
	$(PY) -m RNN --quick

test: venv
	$(PY) -m pytest

lint: venv
	$(PY) -m pip install --quiet --disable-pip-version-check ruff==0.15.22
	$(PY) -m ruff check .
	$(PY) -m ruff format --check .

clean:
	rm -rf .venv

# made anew when the interpreter or requirements.txt is another than the one it was made with
venv: check-python
	@made_with="$$("$(PYTHON)" -c 'import sys; print(sys.prefix, sys.version)') $$(cksum < requirements.txt)"; \
	if [ "$$made_with" != "$$(cat "$(VENV)/made_with" 2>/dev/null)" ]; then \
	  echo "making $(VENV) with $$("$(PYTHON)" --version 2>&1); TensorFlow is some 500 MB, once" >&2 && \
	  "$(PYTHON)" -m venv --clear "$(VENV)" && \
	  $(PY) -m pip install --disable-pip-version-check --quiet -r requirements.txt && \
	  echo "$$made_with" > "$(VENV)/made_with"; \
	fi

# one sentence, before anything is installed, where TensorFlow cannot be had
check-python:
	@"$(PYTHON)" -c '' 2>/dev/null || { \
	  echo "make: $(PYTHON) cannot be run: install Python 3.9 to 3.13, or name one, as in: PYTHON=python3.12 make run" >&2; exit 1; }
	@"$(PYTHON)" -c 'import sys; v = sys.version_info[:2]; sys.exit(not ((3, 9) <= v <= (3, 13) or v == (3, 7)))' || { \
	  echo "make: TensorFlow has no package for $$("$(PYTHON)" --version 2>&1): use Python 3.9 to 3.13, as in: PYTHON=python3.12 make run" >&2; exit 1; }
	@"$(PYTHON)" -c 'import ensurepip, venv' 2>/dev/null || { \
	  echo "make: $$("$(PYTHON)" --version 2>&1) has no venv: install it (Debian: apt install python3-venv) or use another Python from 3.9 to 3.13" >&2; exit 1; }
