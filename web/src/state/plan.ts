// Changes to a plan, each giving a new one. Pure.
import type { Parameter, Plan, PlanStage, StageFacts } from '../api/types';

function withStage(plan: Plan, index: number, change: (stage: PlanStage) => PlanStage): Plan {
  return { ...plan, stages: plan.stages.map((stage, i) => (i === index ? change(stage) : stage)) };
}

export const changedParameter = (plan: Plan, index: number, id: string, value: number | string): Plan =>
  withStage(plan, index, (stage) => ({ ...stage, parameters: { ...stage.parameters, [id]: value } }));

export const changedState = (plan: Plan, index: number, state: PlanStage['state']): Plan =>
  withStage(plan, index, (stage) => ({ ...stage, state }));

// What a stage that the planner left out begins with when the user takes it: the first band of several, at rest.
export function startingParameters(facts: StageFacts): PlanStage['parameters'] {
  const few = facts.parameters.filter(({ id }) => !/^(match_|band_[2-9]|crossover_|remove_dc)/.test(id));
  return Object.fromEntries(
    few.map((one) => [one.id, one.id === 'band_1_shape' ? 'bell' : one.choices.length > 0 ? one.choices[one.fallback]! : one.fallback]),
  );
}

export const taken = (plan: Plan, index: number, parameters: PlanStage['parameters']): Plan =>
  withStage(plan, index, (stage) => ({ ...stage, state: 'on', parameters }));

export const changedLoudness = (plan: Plan, loudness_lufs: number): Plan => ({
  ...plan,
  loudness_lufs: Math.round(loudness_lufs * 10) / 10,
});

// The few controls of a stage: what its plan sets, and for the first and last stage what they always have.
export function shownParameters(facts: StageFacts, stage: PlanStage): Parameter[] {
  const always = stage.stage === 'gain-staging' || stage.stage === 'limiting';
  return facts.parameters.filter((parameter) => always || parameter.id in stage.parameters);
}
