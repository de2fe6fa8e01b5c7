"""The commands of the questions that planners ask: read, call, print."""
