import type { FailureEntry } from './entry.ts'

/** Refusals about members, roles and invitations. */
export const memberFailures = {
  not_a_member: {
    status: 403,
    title: 'Not a member',
    detail: {
      en: 'There is no such workspace, or you are not a member of it. Ask its owner for an invitation.',
      ru: 'Такого пространства нет, или вы в нём не участник. Попросите приглашение у владельца.',
    },
  },
  not_allowed: {
    status: 403,
    title: 'Not allowed',
    detail: {
      en: 'Your role does not allow this. Ask an owner or admin of the workspace.',
      ru: 'Ваша роль этого не позволяет. Обратитесь к владельцу или администратору пространства.',
    },
  },
  setup_done: {
    status: 409,
    title: 'Setup is done',
    detail: {
      en: 'This installation already has an owner. Sign in instead.',
      ru: 'У этой установки уже есть владелец. Войдите.',
    },
  },
  setup_token_wrong: {
    status: 403,
    title: 'Wrong setup link',
    detail: {
      en: 'This link does not permit creating the owner. Open the one printed when the server started.',
      ru: 'Эта ссылка не даёт права создать владельца. Откройте ту, что напечатана при запуске сервера.',
    },
  },
  email_taken: {
    status: 409,
    title: 'Email taken',
    detail: {
      en: 'Somebody with this email already has an account. Sign in, or use another email.',
      ru: 'С этой почтой уже есть учётная запись. Войдите или укажите другую почту.',
    },
  },
  invitation_gone: {
    status: 410,
    title: 'Invitation gone',
    detail: {
      en: 'This invitation was used, withdrawn or is too old. Ask for a new one.',
      ru: 'Приглашение использовано, отозвано или устарело. Попросите новое.',
    },
  },
  invitation_not_yours: {
    status: 403,
    title: 'Invitation of somebody else',
    detail: {
      en: 'This invitation was sent to another email address. Sign in with that one, or ask for an invitation to yours.',
      ru: 'Это приглашение отправлено на другую почту. Войдите с ней или попросите приглашение на свою.',
    },
  },
  already_member: {
    status: 409,
    title: 'Already a member',
    detail: {
      en: 'This person is already a member of the workspace. Change their role instead.',
      ru: 'Этот человек уже участник пространства. Измените его роль.',
    },
  },
  last_owner: {
    status: 409,
    title: 'Last owner',
    detail: {
      en: 'A workspace needs an owner. Make somebody else an owner first.',
      ru: 'У пространства должен быть владелец. Сначала назначьте владельцем кого-то ещё.',
    },
  },
  owner_only: {
    status: 403,
    title: 'Owners only',
    detail: {
      en: 'Only an owner may give, change or take the owner role. Ask an owner.',
      ru: 'Давать, менять и снимать роль владельца может только владелец. Обратитесь к нему.',
    },
  },
} as const satisfies Record<string, FailureEntry>
