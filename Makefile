# make run           runs all parts, draws their figures, compares them with the original's; writes to output/
# make quick         the same, shortened
# make cluster       part 7 on a TensorFlow cluster of processes on this machine, next to one process
# make test          the fast tests: no network, no other Python
# make test-all      all tests, as CI runs them
# make trial         bad input, full disks, kills and signals, tried by the hundred; some 10 minutes
# make results       publishes the golden runs: result_picture/, my_picture/
# make regression    every part in full against tests/golden/
# make golden        regenerates tests/golden/ and shows what changed
# make tf1           every part on TensorFlow 1.15 (PYTHON37=python3.7) and on this one, compared
# make tf1-reference regenerates what TensorFlow 1.15 printed for tests/oracle/programs/ (Python 3.7)
# make matrix        core tests, the runner and predict_sin on every TensorFlow from 2.13 to 2.21; downloads some 6 GB
# make libraries     small jobs of the libraries that old programs use, through tf1; downloads some 300 MB
# make seeds         the spread over seeds 0 to 99, which the comparison shows; about an hour
# make bench         training steps per second next to PyTorch's; what old programs cost through tf1
# PYTHON=python3.13 make run    with the Python of your choice, which later targets use too

VENV ?= .venv
VENV37 ?= .venv-tf1
# the interpreter that the environment was made with, if it is still there
made_by = $(shell "$$(cat $(1)/interpreter 2>/dev/null)" -c 'import sys; print(sys.executable)' 2>/dev/null)
PYTHON ?= $(or $(call made_by,$(VENV)),python3)
PYTHON37 ?= $(or $(call made_by,$(VENV37)),python3.7)
PY = $(VENV)/bin/python
PY37 = $(VENV37)/bin/python
# parts that regression and tf1 leave out, as in: make regression WITHOUT=LSTM_for_Mnist.py
WITHOUT ?=

.PHONY: run quick cluster test test-all trial results regression golden tf1 tf1-reference matrix libraries seeds bench \
  lint clean venv venv-tf1 check-python

run: venv
	$(PY) -m RNN

quick: venv
	$(PY) -m RNN --quick

cluster: venv
	$(PY) -m RNN.cluster --ps 1 --workers 2

test: venv
	$(PY) -m pytest -n 2 -m "not slow"

test-all: venv
	$(PY) -m pytest -n 2 --dist loadgroup

trial: venv
	$(PY) tests/tools/trial.py

results: venv
	$(PY) -m RNN.compare --records tests/golden --out result_picture --publish

regression: venv
	$(PY) tests/tools/regression.py check $(WITHOUT:%=--without %)

golden: venv
	$(PY) tests/tools/regression.py rewrite

tf1: venv-tf1 venv
	$(PY) tests/tools/regression.py tf1 $(PY37) $(WITHOUT:%=--without %)

tf1-reference: venv-tf1
	$(PY37) tests/oracle/programs_1_15.py

matrix:
	"$(PYTHON)" tests/tools/matrix.py

libraries: venv
	$(PY) tests/tools/libraries.py output/libraries

seeds: venv
	$(PY) -m RNN.compare --seeds

bench: venv
	$(PY) -m pip install --quiet --disable-pip-version-check -e ".[bench]"
	$(PY) tests/tools/bench.py
	$(PY) tests/tools/bench_tf1.py $(wildcard $(PY37))

lint: venv
	$(PY) -m pip install --quiet --disable-pip-version-check ruff==0.15.22
	$(PY) -m ruff check .
	$(PY) -m ruff format --check .

clean:
	rm -rf .venv .venv-tf1 build output

# $(call make_venv,interpreter,directory): created again when the interpreter, requirements.txt or pyproject.toml changed;
# TensorFlow 2's environments get the command tf1 too
define make_venv
	@made_with="$$("$(1)" -c 'import sys; print(sys.prefix, sys.version)') $$(cat requirements.txt pyproject.toml | cksum)"; \
	if [ "$$made_with" != "$$(cat "$(2)/made_with" 2>/dev/null)" ]; then \
	  if [ -e "$(2)" ] && [ ! -e "$(2)/pyvenv.cfg" ]; then \
	    echo "make: $(2) exists and is not a virtual environment; remove it or use a different VENV" >&2; exit 1; fi; \
	  echo "creating $(2) with $$("$(1)" --version 2>&1); TensorFlow and its packages are some 600 MB, once" >&2 && \
	  "$(1)" -m venv --clear "$(2)" && \
	  "$(2)/bin/python" -m pip install --disable-pip-version-check --quiet -r requirements.txt && \
	  if "$(1)" -c 'import sys; sys.exit(sys.version_info < (3, 9))'; then \
	    "$(2)/bin/python" -m pip install --disable-pip-version-check --quiet --no-deps --no-build-isolation -e .; fi && \
	  echo "$$made_with" > "$(2)/made_with" && \
	  "$(1)" -c 'import sys; print(sys.executable)' > "$(2)/interpreter"; \
	fi
endef

venv: check-python
	$(call make_venv,$(PYTHON),$(VENV))

# $(call check_pyenv,interpreter,variable): where it is a shim of pyenv that runs nothing, names one that does
define check_pyenv
	@versions=$$("$(1)" -c '' 2>&1 | sed -n 's/^ *\([0-9][0-9.]*\)$$/\1/p'); \
	if [ -n "$$versions" ]; then \
	  version=$$(echo "$$versions" | tail -n 1); \
	  echo "make: pyenv has $(1) as version $$version, but that is not selected; try $(2)=$${PYENV_ROOT:-~/.pyenv}/versions/$$version/bin/python make $(or $(MAKECMDGOALS),run)" >&2; exit 1; fi
endef

venv-tf1:
	$(call check_pyenv,$(PYTHON37),PYTHON37)
	@"$(PYTHON37)" -c 'import sys, venv; sys.exit(sys.version_info[:2] != (3, 7))' 2>/dev/null || { \
	  echo "make: TensorFlow 1.15 needs Python 3.7, but $(PYTHON37) is not; try PYTHON37=/opt/python3.7/bin/python make tf1" >&2; exit 1; }
	$(call make_venv,$(PYTHON37),$(VENV37))

# one sentence, before anything is installed, where TensorFlow is not available
check-python:
	$(call check_pyenv,$(PYTHON),PYTHON)
	@"$(PYTHON)" -c '' 2>/dev/null || { \
	  echo "make: cannot run $(PYTHON); install Python 3.9 to 3.13, or choose one: PYTHON=python3.12 make run" >&2; exit 1; }
	@"$(PYTHON)" -c 'import sys; v = sys.version_info[:2]; sys.exit(not ((3, 9) <= v <= (3, 13) or v == (3, 7)))' || { \
	  echo "make: TensorFlow has no package for $$("$(PYTHON)" --version 2>&1); use Python 3.9 to 3.13: PYTHON=python3.12 make run" >&2; exit 1; }
	@"$(PYTHON)" -c 'import ensurepip, venv' 2>/dev/null || { \
	  echo "make: $$("$(PYTHON)" --version 2>&1) has no venv; install it (Debian: apt install python3-venv) or use a different Python from 3.9 to 3.13" >&2; exit 1; }
