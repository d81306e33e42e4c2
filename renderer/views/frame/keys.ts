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
    ],
  },
  {
    title: 'Live',
    keys: [
      { keys: ['/'], does: 'Filter the list' },
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
]
