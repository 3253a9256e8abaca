/** UTF-16 units of a state's text; a longer one is refused before it is parsed. */
export const MOST_STATE_LENGTH = 2048;
