/** The two faces of the editor: drawing and list; both can do all editing. */
export type EditorView = 'canvas' | 'outline'
