import { useTexts } from '../messages/useTexts.js'
import { Skeleton } from './Feedback.js'
import styles from './Feedback.module.css'
import { Card } from './Layout.js'

const PLACES = ['a', 'b', 'c'] as const

/** Stand where cards will be while they load. @param isGrid whether those will stand side by side */
export function CardSkeletons({ isGrid = false }: { readonly isGrid?: boolean }) {
  const t = useTexts()
  return (
    <div className={styles['cards']} data-grid={isGrid || undefined} role="status" aria-label={t('ui.loading')}>
      {PLACES.map((place) => (
        <Card key={place}>
          <div className={styles['cardLines']}>
            <Skeleton width={36} height={36} />
            <Skeleton width="55%" />
            <Skeleton width="85%" />
          </div>
        </Card>
      ))}
    </div>
  )
}
