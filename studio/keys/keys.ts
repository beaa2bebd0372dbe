/** The keys of an editor's day, for the list that “?” shows. */
export const keys: readonly {readonly title: string; readonly keys: string}[] = [
  {title: 'This list', keys: '?'},
  {title: 'Search all documents', keys: 'Ctrl K'},
  {title: 'Publish or schedule the open document', keys: 'Ctrl Alt P'},
  {title: 'Next field to write in', keys: 'Tab'},
  {title: 'Back, also to the buttons between', keys: 'Shift Tab'},
  {title: 'Bold, italic', keys: 'Ctrl B, Ctrl I'},
  {title: 'The story in the whole window, and back', keys: 'Ctrl Enter'},
  {title: 'Undo, redo in the story', keys: 'Ctrl Z, Ctrl Shift Z'},
  {title: 'Open the preview in a new tab', keys: 'Ctrl Alt O'},
  {title: 'Delete the open document', keys: 'Ctrl Alt D'},
  {title: 'Close a dialogue or a menu', keys: 'Esc'},
]
