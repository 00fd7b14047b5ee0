"""How often a behaviour was seen, in words. The keys are what is sent and kept; 0 says that nothing could be seen."""

NOT_SEEN = 0
LEVELS = {
    4: "Selalu terlihat",
    3: "Sering terlihat",
    2: "Kadang terlihat",
    1: "Belum terlihat",
    NOT_SEEN: "Tidak sempat mengamati",
}
OBSERVED = (1, 2, 3, 4)
CELLS = len(LEVELS)
NOTHING = (0,) * CELLS
