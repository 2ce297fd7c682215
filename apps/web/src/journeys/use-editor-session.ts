import { useQueryClient } from '@tanstack/react-query'
import { useBlocker } from '@tanstack/react-router'
import { type Catalogue, type Graph, validate } from '@tropa/journey'
import { kinds } from '@tropa/nodes'
import { useEffect, useMemo, useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Autosave, type SaveState, type Stale } from '../canvas/editor/autosave.ts'
import type { Editor } from '../canvas/editor/editor-context.tsx'
import { createEditor, emptyCatalogue } from '../canvas/editor/editor-store.ts'
import { useWorkspaceApi } from '../session/use-member.ts'
import { showToast } from '../ui/toast.tsx'
import { type Journey, journeyQuery, saveDraft } from './journey-queries.ts'

/** An open editor: its store, how saving stands, and the way to save at once or settle a conflict. */
export interface EditorSession {
  editor: Editor
  saveState: SaveState
  flush: () => Promise<SaveState>
  /** The revision of the draft as it was saved last. */
  revision: () => number
  /** Tells of a draft somebody else saved; the member chooses, and `settle` carries it out. */
  meet: (stale: Stale) => void
  settle: (choice: 'mine' | 'theirs') => void
  /** Takes a draft that the server itself has changed, such as a restored version. */
  adopt: (graph: Graph, revision: number) => void
}

/**
 * Keeps the editor's problems up to date: they depend on the draft and on what the workspace has. Until that is known,
 * every template would count as missing.
 */
function watchProblems(editor: Editor): () => void {
  let seen: { graph: Graph; catalogue: Catalogue } | undefined
  const look = () => {
    const { graph, catalogue } = editor.getState()
    if (catalogue === emptyCatalogue) return
    if (seen?.graph === graph && seen.catalogue === catalogue) return
    seen = { graph, catalogue }
    editor.setState({ problems: validate(graph, kinds, catalogue) })
  }
  look()
  return editor.subscribe(look)
}

/**
 * Opens a journey's draft for editing for as long as the page stands. Changes are saved before leaving; where they
 * cannot be, the member is asked.
 */
export function useEditorSession(journey: Journey, editable: boolean): EditorSession {
  const api = useWorkspaceApi()
  const queries = useQueryClient()
  const { t } = useTranslation('journeys')
  const [saveState, setSaveState] = useState<SaveState>({ at: 'saved' })
  const autosave = useRef<Autosave>(null)
  const { id } = journey

  // A new editor for another journey or role only: the draft itself lives in the store from here on.
  // biome-ignore lint/correctness/useExhaustiveDependencies: later answers of the server must not reset the editor
  const first = useMemo(() => ({ graph: journey.draft, revision: journey.revision }), [id, editable])
  const editor = useMemo(() => createEditor(id, first.graph, editable), [id, first, editable])

  useEffect(() => watchProblems(editor), [editor])
  useUndoKeys(editor)

  useEffect(() => {
    const running = new Autosave({
      graph: first.graph,
      revision: first.revision,
      save: (graph, revision) => saveDraft(api, id, graph, revision),
      onSaved: (draft, revision) =>
        queries.setQueryData(journeyQuery(api, id).queryKey, (old) => old && { ...old, draft, revision }),
      onState: (state) => {
        setSaveState(state)
        if (state.at === 'refused') showToast({ text: state.sentence, look: 'error' })
      },
    })
    autosave.current = running
    const stopWatching = editor.subscribe((state, before) => {
      if (state.graph !== before.graph) running.changed(state.graph)
    })
    return () => {
      stopWatching()
      void running.flush().then(() => running.stop())
    }
  }, [editor, first, api, id, queries])

  useBlocker({
    shouldBlockFn: async ({ current, next }) => {
      const state = await autosave.current?.flush()
      if (!state || state.at === 'saved' || current.pathname === next.pathname) return false
      return !window.confirm(t('leaveUnsaved'))
    },
    enableBeforeUnload: () => saveState.at !== 'saved',
  })

  return {
    editor,
    saveState,
    flush: () => autosave.current?.flush() ?? Promise.resolve(saveState),
    revision: () => autosave.current?.revision ?? first.revision,
    meet: (stale) => autosave.current?.meet(stale),
    settle: (choice) => {
      if (choice === 'theirs' && saveState.at === 'conflict') {
        autosave.current?.settle('theirs')
        editor.getState().replace(saveState.theirs)
      } else {
        autosave.current?.settle(choice)
      }
    },
    adopt: (graph, revision) => {
      autosave.current?.adopt(graph, revision)
      editor.getState().replace(graph)
    },
  }
}

/** Undo and redo anywhere on the page: form edits are steps of the same history, so a field's own undo would be a second one. */
function useUndoKeys(editor: Editor) {
  useEffect(() => {
    const onKeyDown = (event: KeyboardEvent) => {
      if (!(event.ctrlKey || event.metaKey) || event.altKey) return
      const redo = event.code === 'KeyY' || (event.code === 'KeyZ' && event.shiftKey)
      if (event.code !== 'KeyZ' && !redo) return
      if ((event.target as HTMLElement).closest('[role="dialog"]')) return
      event.preventDefault()
      event.stopPropagation()
      if (redo) editor.getState().redo()
      else editor.getState().undo()
    }
    window.addEventListener('keydown', onKeyDown, { capture: true })
    return () => window.removeEventListener('keydown', onKeyDown, { capture: true })
  }, [editor])
}
