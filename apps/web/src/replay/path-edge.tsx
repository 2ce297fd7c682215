import { BaseEdge, type EdgeProps, getBezierPath, type ReactFlowState, useStore } from '@xyflow/react'
import { memo } from 'react'
import { curvature, roundedPath } from '../canvas/graph/route.ts'
import type { PathEdgeType } from './path-elements.ts'

/** By how much a line is drawn wider, so that it stays as wide on the screen while the canvas is zoomed out. */
const widen = ({ transform: [, , zoom] }: ReactFlowState) => Math.max(1, Math.round(10 / zoom) / 10)

/** A connection on the way of one enrollment: wide and in colour when taken, thin and grey when not. */
export const PathEdge = memo(function PathEdge(props: EdgeProps<PathEdgeType>) {
  const { id, data, sourceX, sourceY, targetX, targetY, sourcePosition, targetPosition } = props
  const [curve] = getBezierPath({
    sourceX,
    sourceY,
    targetX,
    targetY,
    sourcePosition,
    targetPosition,
    curvature,
  })
  const wider = useStore(widen)
  const path = data?.corners ? roundedPath(data.corners) : curve
  return (
    <BaseEdge
      id={id}
      path={path}
      style={
        data?.taken
          ? { stroke: 'var(--accent)', strokeWidth: 3 * wider }
          : { stroke: 'var(--line-control)', strokeWidth: 1.5 * wider, opacity: 0.5 }
      }
    />
  )
})
