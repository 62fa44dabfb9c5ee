#!/bin/sh
# python3.13 as pyenv leaves it where no version is selected
echo "pyenv: python3.13: command not found
" >&2
echo "The \`python3.13' command exists in these Python versions:
  3.13.0
  3.13.2
" >&2
exit 127
