import { useMutation, useQueryClient } from '@tanstack/react-query'
import { UserMinus, UserPlus } from 'lucide-react'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { Routes, Row } from '../api.ts'
import { useFormat } from '../i18n/use-format.ts'
import { ListBody } from '../lists/list-body.tsx'
import { usePagedList } from '../lists/use-paged-list.ts'
import { type Role, useMember, useWorkspaceApi } from '../session/use-member.ts'
import { Button, IconButton } from '../ui/button.tsx'
import { ConfirmDialog } from '../ui/dialog.tsx'
import { Select } from '../ui/select.tsx'
import { type Column, DataTable } from '../ui/table.tsx'
import { showToast } from '../ui/toast.tsx'
import { Invitations } from './invitations.tsx'
import { InviteDialog } from './invite-dialog.tsx'
import { roles } from './roles.ts'
import { TabHead } from './tab-head.tsx'
import { useManages } from './use-manages.ts'

type MemberRow = Row<Routes['members']['$get']> & { role: Role }

function useMemberChanges() {
  const { t } = useTranslation('settings')
  const api = useWorkspaceApi()
  const queries = useQueryClient()
  const fresh = () => void queries.invalidateQueries({ queryKey: ['list', '/members'] })
  const onError = (error: Error) => showToast({ text: error.message, look: 'error' })
  const changeRole = useMutation({
    mutationFn: ({ row, role }: { row: MemberRow; role: Role }) =>
      api.patch(`/members/${row.userId}`, { role }),
    onSuccess: (_, { row, role }) => {
      showToast({ text: t('roleChanged', { name: row.name, role: t(`role_${role}`) }) })
      fresh()
    },
    onError,
  })
  const remove = useMutation({
    mutationFn: (row: MemberRow) => api.delete(`/members/${row.userId}`),
    onSuccess: (_, row) => {
      showToast({ text: t('memberRemoved', { name: row.name }) })
      fresh()
    },
    onError,
  })
  return { changeRole, remove }
}

/** Who works here and in which role, and who is invited. */
export function MembersTab() {
  const { t } = useTranslation('settings')
  const format = useFormat()
  const me = useMember()
  const manages = useManages()
  const list = usePagedList<MemberRow>('/members')
  const { changeRole, remove } = useMemberChanges()
  const [removing, setRemoving] = useState<MemberRow | null>(null)
  const [inviting, setInviting] = useState(false)
  const mayChange = (row: MemberRow) =>
    manages && row.userId !== me.id && (me.role === 'owner' || row.role !== 'owner')
  const columns: Column<MemberRow>[] = [
    {
      key: 'name',
      header: t('name'),
      cell: (row) => (
        <span className="block py-1.5">
          <span className="block font-medium">
            {row.name} {row.userId === me.id && <span className="font-normal text-ink-3">({t('you')})</span>}
          </span>
          <span className="block text-xs text-ink-3">{row.email}</span>
        </span>
      ),
    },
    {
      key: 'role',
      header: t('role'),
      cell: (row) =>
        mayChange(row) ? (
          <Select
            label={t('roleOf', { name: row.name })}
            className="!w-44"
            value={row.role}
            onChange={(role) => changeRole.mutate({ row, role })}
            choices={roles
              .filter((role) => role !== 'owner' || me.role === 'owner')
              .map((role) => ({ value: role, label: t(`role_${role}`), hint: t(`roleHint_${role}`) }))}
          />
        ) : (
          t(`role_${row.role}`)
        ),
    },
    {
      key: 'joined',
      header: t('joined'),
      cell: (row) => format.date(row.joinedAt),
      className: 'tabular whitespace-nowrap max-md:hidden',
    },
    {
      key: 'actions',
      header: <span className="sr-only">{t('more')}</span>,
      cell: (row) =>
        mayChange(row) && (
          <IconButton
            size="sm"
            label={t('removeMember', { name: row.name })}
            icon={<UserMinus size={15} aria-hidden />}
            onClick={() => setRemoving(row)}
          />
        ),
      numeric: true,
    },
  ]
  return (
    <>
      <TabHead
        text={t('membersText')}
        action={
          manages && (
            <Button
              look="primary"
              icon={<UserPlus size={14} aria-hidden />}
              onClick={() => setInviting(true)}
            >
              {t('invite')}
            </Button>
          )
        }
      />
      <ListBody list={list} empty={null}>
        <DataTable
          label={t('tab_members')}
          columns={columns}
          rows={list.items}
          rowKey={(row) => row.userId}
        />
      </ListBody>
      {manages && <Invitations />}
      {inviting && <InviteDialog onClose={() => setInviting(false)} />}
      {removing && (
        <ConfirmDialog
          open
          onOpenChange={(open) => !open && setRemoving(null)}
          title={t('removeMemberQuestion', { name: removing.name })}
          description={t('removeMemberText')}
          action={t('remove')}
          danger
          busy={remove.isPending}
          onConfirm={() => remove.mutate(removing, { onSettled: () => setRemoving(null) })}
        />
      )}
    </>
  )
}
