/** “TK” (to come) and “[[” mark what a writer still owes; both have been printed by accident. */
export const workingNotes = /\bTK(?:TK)*\b|\[\[/
