import { BaseEdge, type EdgeProps, getBezierPath } from '@xyflow/react'
import { memo } from 'react'
import { curvature, roundedPath } from '../canvas/graph/route.ts'
import type { PathEdgeType } from './path-elements.ts'

/** A connection on the way of one enrollment: solid and wide when taken, thin and pale when not. */
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
  const path = data?.corners ? roundedPath(data.corners) : curve
  return (
    <BaseEdge
      id={id}
      path={path}
      style={
        data?.taken
          ? { stroke: 'var(--accent)', strokeWidth: 3 }
          : { stroke: 'var(--line-control)', strokeWidth: 1.5, opacity: 0.35 }
      }
    />
  )
})
