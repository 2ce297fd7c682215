import type { ReactNode } from 'react'
import { cx } from './cx.ts'

export interface Column<Row> {
  key: string
  header: ReactNode
  cell: (row: Row) => ReactNode
  /** Right-aligned with tabular figures. */
  numeric?: boolean
  className?: string
}

interface DataTableProps<Row> {
  label: string
  columns: readonly Column<Row>[]
  rows: readonly Row[]
  rowKey: (row: Row) => string
  onRowClick?: (row: Row) => void
}

/** A plain table that scrolls sideways inside its box when the screen is narrow. */
export function DataTable<Row>({ label, columns, rows, rowKey, onRowClick }: DataTableProps<Row>) {
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: a box that scrolls must be reachable to scroll it with the arrows
    <section aria-label={label} tabIndex={0} className="overflow-x-auto rounded-lg border bg-surface">
      <table className="w-full text-sm" aria-label={label}>
        <thead>
          <tr className="border-b text-left text-xs text-ink-2">
            {columns.map((column) => (
              <th
                key={column.key}
                scope="col"
                className={cx(
                  'h-9 px-3 font-medium whitespace-nowrap',
                  column.numeric && 'text-right',
                  column.className,
                )}
              >
                {column.header}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.map((row) => (
            <tr
              key={rowKey(row)}
              onClick={onRowClick && (() => onRowClick(row))}
              className={cx('border-b last:border-0', onRowClick && 'cursor-pointer hover:bg-sunken')}
            >
              {columns.map((column) => (
                <td
                  key={column.key}
                  className={cx('h-10 px-3 py-1.5', column.numeric && 'tabular text-right', column.className)}
                >
                  {column.cell(row)}
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  )
}
