@rem The shell of other systems has a command of this name; see main/setup/run.mjs for what it is good for.
@%*
