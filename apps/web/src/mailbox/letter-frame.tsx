import { cx } from '../ui/cx.ts'

interface LetterFrameProps {
  html: string
  title: string
  className?: string
  /** Lets the reader open links of the letter in a new tab; scripts never run. */
  links?: boolean
}

/** A letter's HTML in a sandbox without scripts, forms or access to this page; always on white paper, as in mail clients. */
export function LetterFrame({ html, title, className, links }: LetterFrameProps) {
  return (
    <iframe
      title={title}
      sandbox={links ? 'allow-popups allow-popups-to-escape-sandbox' : ''}
      srcDoc={links ? `<base target="_blank">${html}` : html}
      referrerPolicy="no-referrer"
      className={cx('w-full rounded-lg border bg-white', className)}
      style={{ colorScheme: 'light' }}
    />
  )
}
