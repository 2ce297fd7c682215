import type { GraphNode, Problem } from '@tropa/journey'
import type { Field as FormField } from '@tropa/nodes'
import { useRef } from 'react'
import { widgets } from '../../fields/widgets.ts'
import { capitalised } from '../../i18n/capitalised.ts'
import { useText } from '../../i18n/use-language.ts'
import { Field } from '../../ui/field.tsx'
import { useNeedWords } from '../use-needs.ts'
import { ProblemNote, QuietNote } from './problem-note.tsx'

/** Whether a problem is about a config field or something inside it. */
export function belongsTo(problem: Problem, name: string): boolean {
  return problem.field === name || problem.field?.startsWith(`${name}.`) === true
}

interface NodeFieldProps {
  field: FormField
  node: GraphNode
  /** The block is being filled in for the first time: what it still needs is said quietly. */
  fresh: boolean
  /** Those about this field. */
  problems: readonly Problem[]
  onChange: (value: unknown) => void
}

/**
 * What is said of a name that never came in before: several lines that come by themselves right after it was chosen, so
 * they stand at the foot of the panel, where they push nothing away from under the cursor.
 */
export function isAside({ code }: Problem): boolean {
  return code === 'event_never_seen' || code === 'attribute_never_seen'
}

/** One field of a node's form with what is wrong about it. */
export function NodeField({ field, node, fresh, problems, onChange }: NodeFieldProps) {
  const text = useText()
  const needWords = useNeedWords()
  const wrong = problems.some(({ severity }) => severity === 'error')
  const asked = useRef(false)
  asked.current ||= fresh && wrong
  const Widget = widgets[field.field]
  return (
    <fieldset data-field-name={field.name} aria-label={text(field.label)} className="min-w-0">
      <Field label={text(field.label)} hint={field.help ? text(field.help) : undefined}>
        {(control) => (
          <Widget
            field={field}
            node={node}
            value={node.config[field.name]}
            onChange={onChange}
            control={!fresh && wrong ? { ...control, 'aria-invalid': true } : control}
          />
        )}
      </Field>
      {problems.map((problem) =>
        isAside(problem) || (fresh && problem.severity === 'error') ? null : (
          <ProblemNote key={`${problem.code}${problem.field}`} problem={problem} />
        ),
      )}
      {fresh && asked.current && (
        // The line stays when it has been answered, so that the fields below it do not move.
        <QuietNote hidden={!wrong}>{`${capitalised(needWords({ field }))}.`}</QuietNote>
      )}
    </fieldset>
  )
}
