/** Characters that one export of the window holds at most. */
export const MOST_SAVED_CHARACTERS = 50_000_000;
