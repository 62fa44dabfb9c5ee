# make run         the six parts, with their figures
# make quick       the same, shortened, in under two minutes
# make test        the tests
# make results     fills what the golden runs gave into the READMEs
# make regression  every part in full against tests/golden/
# make golden      makes tests/golden/ anew and shows what changed
# make tf1         every part on TensorFlow 1.15 (PYTHON37=python3.7) and on today's, compared
# make seeds       the spread over seeds 0 to 99, which the comparison shows; about an hour
# PYTHON=python3.13 make run    with the Python of your choice

PYTHON ?= python3
PYTHON37 ?= python3.7
VENV ?= .venv
VENV37 ?= .venv-tf1
PY = $(VENV)/bin/python
# parts that regression and tf1 leave out, as in: make regression WITHOUT=LSTM_for_Mnist.py
WITHOUT ?=

.PHONY: run quick test results regression golden tf1 seeds lint clean venv venv-tf1 check-python

run: venv
	$(PY) -m RNN

quick: venv
	$(PY) -m RNN --quick

test: venv
	$(PY) -m pytest

results: venv
	$(PY) RNN/compare.py --records tests/golden --out result_picture --readme

regression: venv
	$(PY) tests/regression.py check $(WITHOUT:%=--without %)

golden: venv
	$(PY) tests/regression.py rewrite

tf1: venv-tf1 venv
	$(PY) tests/regression.py tf1 $(VENV37)/bin/python $(WITHOUT:%=--without %)

seeds: venv
	$(PY) RNN/compare.py --seeds

lint: venv
	$(PY) -m pip install --quiet --disable-pip-version-check ruff==0.15.22
	$(PY) -m ruff check .
	$(PY) -m ruff format --check .

clean:
	rm -rf .venv .venv-tf1 build

# $(call make_venv,interpreter,folder): made anew when either the interpreter or requirements.txt is another
define make_venv
	@made_with="$$("$(1)" -c 'import sys; print(sys.prefix, sys.version)') $$(cksum < requirements.txt)"; \
	if [ "$$made_with" != "$$(cat "$(2)/made_with" 2>/dev/null)" ]; then \
	  echo "making $(2) with $$("$(1)" --version 2>&1); TensorFlow is some 500 MB, once" >&2 && \
	  "$(1)" -m venv --clear "$(2)" && \
	  "$(2)/bin/python" -m pip install --disable-pip-version-check --quiet -r requirements.txt && \
	  echo "$$made_with" > "$(2)/made_with"; \
	fi
endef

venv: check-python
	$(call make_venv,$(PYTHON),$(VENV))

venv-tf1:
	@"$(PYTHON37)" -c 'import sys, venv; sys.exit(sys.version_info[:2] != (3, 7))' 2>/dev/null || { \
	  echo "make: TensorFlow 1.15 needs Python 3.7, which $(PYTHON37) is not: name one, as in: PYTHON37=/opt/python3.7/bin/python make tf1" >&2; exit 1; }
	$(call make_venv,$(PYTHON37),$(VENV37))

# one sentence, before anything is installed, where TensorFlow cannot be had
check-python:
	@"$(PYTHON)" -c '' 2>/dev/null || { \
	  echo "make: $(PYTHON) cannot be run: install Python 3.9 to 3.13, or name one, as in: PYTHON=python3.12 make run" >&2; exit 1; }
	@"$(PYTHON)" -c 'import sys; v = sys.version_info[:2]; sys.exit(not ((3, 9) <= v <= (3, 13) or v == (3, 7)))' || { \
	  echo "make: TensorFlow has no package for $$("$(PYTHON)" --version 2>&1): use Python 3.9 to 3.13, as in: PYTHON=python3.12 make run" >&2; exit 1; }
	@"$(PYTHON)" -c 'import ensurepip, venv' 2>/dev/null || { \
	  echo "make: $$("$(PYTHON)" --version 2>&1) has no venv: install it (Debian: apt install python3-venv) or use another Python from 3.9 to 3.13" >&2; exit 1; }
