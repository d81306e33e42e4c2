/** All keys of the console, as the sheet tells them. Those in one entry do the same. */
export const keyGroups: readonly {
  readonly title: string
  readonly keys: readonly { readonly keys: readonly string[]; readonly does: string }[]
}[] = [
  {
    title: 'Everywhere',
    keys: [
      { keys: ['Ctrl K'], does: 'Go to or do anything' },
      { keys: ['?'], does: 'Show these keys' },
      { keys: ['Esc'], does: 'Close what is open' },
    ],
  },
  {
    title: 'In lists',
    keys: [
      { keys: ['j', '↓'], does: 'Next row' },
      { keys: ['k', '↑'], does: 'Row before' },
      { keys: ['Home', 'End'], does: 'First and last row' },
      { keys: ['Enter'], does: 'Open the row' },
      { keys: ['/'], does: 'Filter or find, where one can' },
    ],
  },
  {
    title: 'Live',
    keys: [
      { keys: ['e', 'Enter'], does: 'Explain the event: open it' },
      { keys: ['r'], does: 'Replay what is selected' },
      { keys: ['Space'], does: 'Select the row' },
      { keys: ['Shift j', 'Shift ↓'], does: 'Select down to the next row' },
      { keys: ['Shift k', 'Shift ↑'], does: 'Select up to the row before' },
      { keys: ['Ctrl A'], does: 'Select all that are loaded' },
      { keys: ['Page Up', 'Page Down'], does: 'A page up or down' },
    ],
  },
  {
    title: 'Failures',
    keys: [
      { keys: ['Space'], does: 'Select the row' },
      { keys: ['Shift Space'], does: 'Select all rows up to it' },
    ],
  },
  {
    title: 'In the filter',
    keys: [
      { keys: ['Space', 'Enter'], does: 'Finish a part' },
      { keys: ['Tab'], does: 'Take the suggestion' },
      { keys: ['Backspace'], does: 'Edit the part before' },
    ],
  },
  {
    title: 'On the strip of times',
    keys: [
      { keys: ['←', '→'], does: 'Move' },
      { keys: ['Shift ←', 'Shift →'], does: 'Widen' },
      { keys: ['Enter'], does: 'Show this time alone' },
      { keys: ['Esc'], does: 'Show all times' },
    ],
  },
  {
    title: 'In a payload shown as a tree',
    keys: [
      { keys: ['→'], does: 'Open, then go inside' },
      { keys: ['←'], does: 'Close, then go outside' },
      { keys: ['Enter', 'Space'], does: 'Open or close' },
    ],
  },
  {
    title: 'In the mapping editor',
    keys: [
      { keys: ['Ctrl S'], does: 'Save' },
      { keys: ['Ctrl Z'], does: 'Undo' },
      { keys: ['Ctrl Y', 'Ctrl Shift Z'], does: 'Redo' },
      { keys: ['Enter'], does: 'Open or close the row' },
      { keys: ['Alt ↑', 'Alt ↓'], does: 'Move the row' },
      { keys: ['Delete'], does: 'Remove the row' },
      { keys: ['Ctrl Space'], does: 'Offer fields and functions' },
    ],
  },
]
