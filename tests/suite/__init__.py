"""How the suite itself runs: where its time goes, in which order, what is left out, how it says what failed."""
