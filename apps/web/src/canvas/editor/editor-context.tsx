import { createContext, type ReactNode, useContext } from 'react'
import { useStore } from 'zustand'
import type { createEditor, EditorState } from './editor-store.ts'

export type Editor = ReturnType<typeof createEditor>

const EditorContext = createContext<Editor | null>(null)

/** Gives the parts of an editor their store. */
export function EditorProvider({ editor, children }: { editor: Editor; children: ReactNode }) {
  return <EditorContext value={editor}>{children}</EditorContext>
}

/** The store itself, for reading inside event handlers without subscribing. */
export function useEditorStore(): Editor {
  const editor = useContext(EditorContext)
  if (!editor) throw new Error('There is no EditorProvider above this component')
  return editor
}

/** A slice of the editor's state; the component draws again only when the slice changes. */
export function useEditor<T>(select: (state: EditorState) => T): T {
  return useStore(useEditorStore(), select)
}
