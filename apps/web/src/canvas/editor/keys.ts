/** What a key press asks the canvas to do. */
export type CanvasCommand =
  | 'undo'
  | 'redo'
  | 'copy'
  | 'cut'
  | 'paste'
  | 'duplicate'
  | 'selectAll'
  | 'delete'
  | 'add'
  | 'connect'
  | 'open'
  | 'close'
  | 'rename'
  | 'zoom100'
  | 'fit'
  | 'zoomSelection'
  | 'zoomIn'
  | 'zoomOut'
  | 'next'
  | 'previous'
  | 'siblingBefore'
  | 'siblingAfter'
  | 'first'
  | 'tidy'
  | 'help'

type Press = Pick<KeyboardEvent, 'code' | 'ctrlKey' | 'metaKey' | 'shiftKey' | 'altKey'>

const plain: Record<string, CanvasCommand> = {
  Delete: 'delete',
  Backspace: 'delete',
  KeyA: 'add',
  Slash: 'add',
  NumpadDivide: 'add',
  KeyC: 'connect',
  KeyT: 'tidy',
  Enter: 'open',
  NumpadEnter: 'open',
  Space: 'open',
  Escape: 'close',
  F2: 'rename',
  Digit0: 'zoom100',
  Digit1: 'fit',
  Digit2: 'zoomSelection',
  Equal: 'zoomIn',
  NumpadAdd: 'zoomIn',
  Minus: 'zoomOut',
  NumpadSubtract: 'zoomOut',
  ArrowRight: 'next',
  ArrowLeft: 'previous',
  ArrowUp: 'siblingBefore',
  ArrowDown: 'siblingAfter',
  Home: 'first',
}

const withControl: Record<string, CanvasCommand> = {
  KeyZ: 'undo',
  KeyY: 'redo',
  KeyC: 'copy',
  KeyX: 'cut',
  KeyV: 'paste',
  KeyD: 'duplicate',
  KeyA: 'selectAll',
}

/** The command of a key press, by the key's place on the keyboard: under ЙЦУКЕН the letters are Cyrillic. */
export function commandOf({ code, ctrlKey, metaKey, shiftKey, altKey }: Press): CanvasCommand | undefined {
  if (altKey) return undefined
  if (ctrlKey || metaKey) return code === 'KeyZ' && shiftKey ? 'redo' : withControl[code]
  if (shiftKey) return code === 'Slash' ? 'help' : code === 'Equal' ? 'zoomIn' : undefined
  return plain[code]
}

/** The keys as the help lists them; `command` names a text of the canvas. */
export const keyHelp: readonly { keys: string; command: CanvasCommand }[] = [
  { keys: 'A  /', command: 'add' },
  { keys: 'Enter', command: 'open' },
  { keys: 'C', command: 'connect' },
  { keys: 'F2', command: 'rename' },
  { keys: 'Del', command: 'delete' },
  { keys: '→ ←', command: 'next' },
  { keys: '↑ ↓', command: 'siblingAfter' },
  { keys: 'Home', command: 'first' },
  { keys: '⌘Z', command: 'undo' },
  { keys: '⇧⌘Z', command: 'redo' },
  { keys: '⌘C  ⌘X  ⌘V', command: 'copy' },
  { keys: '⌘D', command: 'duplicate' },
  { keys: '⌘A', command: 'selectAll' },
  { keys: 'T', command: 'tidy' },
  { keys: '0  1  2', command: 'fit' },
  { keys: '+ −', command: 'zoomIn' },
  { keys: 'Esc', command: 'close' },
]
