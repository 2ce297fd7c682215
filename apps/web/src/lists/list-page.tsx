import type { ReactNode } from 'react'
import { Page, PageHeader } from '../ui/page-header.tsx'
import { type Column, DataTable } from '../ui/table.tsx'
import { ListBody } from './list-body.tsx'
import type { PagedList } from './use-paged-list.ts'

interface ListPageProps<Row> {
  title: string
  description: string
  /** The one thing to make here. */
  action?: ReactNode
  /** Search and filters above the list. */
  tools?: ReactNode
  list: PagedList<Row>
  columns: readonly Column<Row>[]
  rowKey: (row: Row) => string
  onOpen: (row: Row) => void
  /** What stands here when there is nothing. */
  empty: ReactNode
  /** Dialogs of the page. */
  children?: ReactNode
}

/** A page that is a list: its head, its filters, and its rows, which open on a press. */
export function ListPage<Row>(props: ListPageProps<Row>) {
  const { title, description, action, tools, list, columns, rowKey, onOpen, empty, children } = props
  return (
    <Page>
      <PageHeader title={title} description={description} actions={action} />
      {tools}
      <ListBody list={list} empty={empty}>
        <DataTable label={title} columns={columns} rows={list.items} rowKey={rowKey} onRowClick={onOpen} />
      </ListBody>
      {children}
    </Page>
  )
}
