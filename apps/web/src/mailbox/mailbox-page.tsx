import { useMutation, useQueryClient } from '@tanstack/react-query'
import { CalendarClock, Inbox, Trash2, X } from 'lucide-react'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useFormat } from '../i18n/use-format.ts'
import { ListBody } from '../lists/list-body.tsx'
import { SearchBox } from '../lists/search-box.tsx'
import { usePagedList } from '../lists/use-paged-list.ts'
import { useCanEdit, useWorkspaceApi } from '../session/use-member.ts'
import { Button, IconButton } from '../ui/button.tsx'
import { cx } from '../ui/cx.ts'
import { ConfirmDialog } from '../ui/dialog.tsx'
import { EmptyState } from '../ui/states.tsx'
import { showToast } from '../ui/toast.tsx'
import { useHeldList } from './held-list.ts'
import type { MailRow } from './mail.ts'
import { MailReader } from './mail-reader.tsx'
import type { MailboxAddress } from './mailbox-address.ts'
import { useLetterOf } from './use-letter-of.ts'

interface MailboxPageProps {
  address: MailboxAddress
  onAddress: (change: MailboxAddress) => void
}

function EmptyMailbox() {
  const { t } = useTranslation('mailbox')
  const api = useWorkspaceApi()
  const queries = useQueryClient()
  const [asking, setAsking] = useState(false)
  const { mutate, isPending } = useMutation({
    mutationFn: () => api.delete('/mails'),
    onSuccess: () => {
      setAsking(false)
      showToast({ text: t('emptied') })
      void queries.invalidateQueries({ queryKey: ['list', '/mails'] })
    },
    onError: (error) => showToast({ text: error.message, look: 'error' }),
  })
  return (
    <>
      <IconButton
        label={t('empty')}
        icon={<Trash2 size={16} aria-hidden />}
        onClick={() => setAsking(true)}
      />
      <ConfirmDialog
        open={asking}
        onOpenChange={setAsking}
        title={t('emptyQuestion')}
        description={t('emptyWarning')}
        action={t('empty')}
        danger
        busy={isPending}
        onConfirm={() => mutate()}
      />
    </>
  )
}

function Row({ mail, chosen, onChoose }: { mail: MailRow; chosen: boolean; onChoose: () => void }) {
  const { t } = useTranslation('mailbox')
  const format = useFormat()
  const unread = mail.readAt === null && !chosen
  return (
    <button
      type="button"
      data-mail={mail.id}
      aria-current={chosen ? 'true' : undefined}
      onClick={onChoose}
      className={cx(
        'block w-full border-b px-4 py-2.5 text-left',
        chosen ? 'bg-accent-soft' : 'hover:bg-sunken',
      )}
    >
      <span className="flex items-center gap-2 text-xs text-ink-2">
        {unread && (
          <span className="size-2 shrink-0 rounded-full bg-accent">
            <span className="sr-only">{t('unread')}</span>
          </span>
        )}
        <span className="min-w-0 flex-1 truncate">{mail.to}</span>
        {mail.sentOnClock ? (
          <time
            dateTime={mail.sentOnClock}
            title={t('onClockTitle', {
              clock: format.dateTime(mail.sentOnClock),
              real: format.dateTime(mail.receivedAt),
            })}
            className="tabular flex shrink-0 items-center gap-1 text-wait"
          >
            <CalendarClock size={12} aria-hidden />
            <span className="sr-only">{t('onClock')}: </span>
            {format.date(mail.sentOnClock)}
          </time>
        ) : (
          <time
            dateTime={mail.receivedAt}
            title={format.dateTime(mail.receivedAt)}
            className="tabular shrink-0"
          >
            {format.relative(mail.receivedAt)}
          </time>
        )}
      </span>
      <span className={cx('block truncate text-sm', unread && 'font-semibold')}>
        {mail.subject || t('noSubject')}
      </span>
      <span className="block truncate text-xs text-ink-2">{mail.snippet}</span>
    </button>
  )
}

/** Everything the built-in mail server received, with the chosen letter beside the list. */
export function MailboxPage({ address, onAddress }: MailboxPageProps) {
  const { t } = useTranslation('mailbox')
  const canEdit = useCanEdit()
  const queries = useQueryClient()
  const { search, to, mail: chosen } = address
  const list = usePagedList<MailRow>('/mails', { search, to }, { every: 3000 })
  const filtered = Boolean(search || to)
  const [pointing, setPointing] = useState(false)
  const held = useHeldList(list.items, {
    holding: (pointing || chosen !== undefined) && !list.isPlaceholderData,
    of: `${search ?? ''}|${to ?? ''}`,
  })
  useLetterOf(address, onAddress)
  const choose = (mail: string) => {
    onAddress({ ...address, mail })
    void queries.invalidateQueries({ queryKey: ['list', '/mails'] })
  }
  const empty = (
    <EmptyState
      icon={filtered ? undefined : <Inbox size={24} aria-hidden />}
      title={t(filtered ? 'noneFound' : 'emptyTitle')}
      description={filtered ? undefined : t('emptyText')}
    />
  )
  return (
    // A pointer that rests here may be about to press a letter, so the list must not move under it.
    <div
      className="flex h-full min-h-0"
      onPointerEnter={() => setPointing(true)}
      onPointerMove={() => setPointing(true)}
      onPointerLeave={() => setPointing(false)}
    >
      <section
        aria-label={t('title')}
        className={cx(
          'flex w-full flex-col border-r bg-surface md:w-88 md:shrink-0',
          chosen && 'max-md:hidden',
        )}
      >
        <header className="flex flex-col gap-2 border-b px-4 py-3">
          <div className="flex items-center justify-between gap-2">
            <h1 className="text-lg font-semibold">{t('title')}</h1>
            {canEdit && list.items.length > 0 && <EmptyMailbox />}
          </div>
          <p className="text-xs text-ink-3">{t('description')}</p>
          <SearchBox
            value={search ?? ''}
            onChange={(words) => onAddress({ ...address, search: words || undefined })}
            label={t('search')}
          />
          {to && (
            <p className="flex items-center gap-1 text-xs text-ink-2">
              <span className="min-w-0 truncate">{t('onlyTo', { address: to })}</span>
              <IconButton
                size="sm"
                label={t('showAll')}
                icon={<X size={12} aria-hidden />}
                onClick={() => onAddress({ ...address, to: undefined })}
              />
            </p>
          )}
        </header>
        <div className="min-h-0 flex-1 overflow-y-auto" aria-live="polite" aria-relevant="additions">
          <ListBody list={list} empty={empty}>
            {held.shown.map((mail) => (
              <Row key={mail.id} mail={mail} chosen={mail.id === chosen} onChoose={() => choose(mail.id)} />
            ))}
          </ListBody>
        </div>
        {held.arrived > 0 && (
          <Button size="sm" className="m-2 shrink-0" onClick={held.release}>
            {t('arrivedSince', { count: held.arrived })}
          </Button>
        )}
      </section>
      <section
        aria-label={t('letter')}
        className={cx('min-w-0 flex-1 overflow-y-auto', !chosen && 'max-md:hidden')}
      >
        {chosen ? (
          <MailReader
            key={chosen}
            mailId={chosen}
            view={address.view ?? 'html'}
            onView={(view) => onAddress({ ...address, view })}
            onBack={() => onAddress({ ...address, mail: undefined })}
          />
        ) : (
          list.items.length > 0 && (
            <p className="flex h-full items-center justify-center p-8 text-sm text-ink-3">{t('choose')}</p>
          )
        )}
      </section>
    </div>
  )
}
