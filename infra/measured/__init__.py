"""Parts of our own, measured by themselves for `make bench`; `infra.load` knows none of ours."""
