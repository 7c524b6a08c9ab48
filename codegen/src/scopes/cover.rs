//! Finds a set of least weight that meets all requirements: weighted set cover, in which a requirement may ask for several
//! members at once. Exact, by reductions, division into independent parts, and branch and bound; with a limit on the work.

/// What is asked for: any one of these sets of members, each sorted.
pub(super) type Requirement = Vec<Vec<usize>>;

/// A set that meets all requirements.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Cover {
    /// Its members, sorted.
    pub(super) members: Vec<usize>,
    /// Whether no set of less weight does. Not so where the limit on the work was reached.
    pub(super) proven: bool,
}

/// A search under way.
struct Search<'w> {
    /// What each member weighs.
    weights: &'w [u128],
    /// How many more branches may be looked at.
    work: usize,
    /// Whether all branches were.
    complete: bool,
}

/// The set of least weight that meets all requirements, each of which has at least one set that can be chosen. Weights are
/// positive.
///
/// After `work` branches it takes what looks best instead of what is proven.
pub(super) fn cover(requirements: &[Requirement], weights: &[u128], work: usize) -> Cover {
    let mut search = Search {
        weights,
        work,
        complete: true,
    };
    let found = search.best(requirements.to_vec(), u128::MAX);
    let mut members = found.unwrap_or_default();
    members.sort_unstable();
    Cover {
        members,
        proven: search.complete,
    }
}

impl Search<'_> {
    fn weight(&self, members: &[usize]) -> u128 {
        members.iter().map(|member| self.weights[*member]).sum()
    }

    /// The members of least weight that meet the requirements, where they weigh less than `limit`.
    fn best(&mut self, requirements: Vec<Requirement>, limit: u128) -> Option<Vec<usize>> {
        let (mut chosen, rest) = self.reduced(requirements)?;
        let mut parts = parts(rest);
        let mut bounds: Vec<u128> = parts.iter().map(|part| self.bound(part)).collect();
        let mut known = self.weight(&chosen) + bounds.iter().sum::<u128>();
        while let (Some(part), Some(bound)) = (parts.pop(), bounds.pop()) {
            // What all others weigh at the least is not left for this part.
            known -= bound;
            let left = limit.checked_sub(known)?;
            let found = self.branch(&part, bound, left)?;
            known += self.weight(&found);
            chosen.extend(found);
        }
        (known < limit).then_some(chosen)
    }

    /// [`best`](Search::best) for requirements that hang together and cannot be reduced: with a member, and without it.
    fn branch(&mut self, part: &[Requirement], bound: u128, limit: u128) -> Option<Vec<usize>> {
        if bound >= limit {
            return None;
        }
        let greedy = self.greedy(part);
        let mut best = (self.weight(&greedy) < limit).then_some(greedy);
        let Some(left) = self.work.checked_sub(1) else {
            self.complete = false;
            return best;
        };
        self.work = left;
        let limit_now = |search: &Self, best: &Option<Vec<usize>>| match best {
            Some(found) => search.weight(found),
            None => limit,
        };
        if limit_now(self, &best) == bound {
            return best;
        }
        let member = most_wanted(part, self.weights.len());
        if let Some(left) = limit_now(self, &best).checked_sub(self.weights[member])
            && let Some(mut found) = self.best(with(part, member), left)
        {
            found.push(member);
            best = Some(found);
        }
        if let Some(found) = self.best(without(part, member), limit_now(self, &best)) {
            best = Some(found);
        }
        best
    }

    /// What has to be chosen anyway, and the requirements that are left; `None` where one cannot be met.
    fn reduced(&self, mut rest: Vec<Requirement>) -> Option<(Vec<usize>, Vec<Requirement>)> {
        let mut chosen = Vec::new();
        loop {
            for requirement in &mut rest {
                least(requirement);
            }
            if rest.iter().any(Vec::is_empty) {
                return None;
            }
            // An empty set asks for nothing more.
            rest.retain(|requirement| !requirement[0].is_empty());
            if let Some(member) = rest.iter().find_map(needed) {
                chosen.push(member);
                rest = with(&rest, member);
                continue;
            }
            implied(&mut rest);
            match self.dominated(&rest) {
                Some(member) => rest = without(&rest, member),
                None => return Some((chosen, rest)),
            }
        }
    }

    /// A member in whose place another one does, at no more weight.
    fn dominated(&self, rest: &[Requirement]) -> Option<usize> {
        let members = members(rest);
        let other_does = |member: usize, other: usize| {
            let (own, others) = (self.weights[member], self.weights[other]);
            // Of two that are equal in all, the first stays.
            let lighter = others < own || others == own && other < member;
            lighter
                && rest.iter().all(|requirement| {
                    let mut sets = requirement.iter().filter(|set| set.contains(&member));
                    sets.all(|set| {
                        requirement.iter().any(|instead| {
                            let mut members = instead.iter();
                            members.all(|one| *one == other || *one != member && set.contains(one))
                        })
                    })
                })
        };
        let mut candidates = members.iter();
        candidates
            .find(|member| {
                // Only what stands beside it in one of its requirements can be in its place.
                let beside = rest
                    .iter()
                    .find(|requirement| requirement.iter().any(|set| set.contains(member)));
                let mut beside = beside.into_iter().flatten().flatten();
                beside.any(|other| other != *member && other_does(**member, *other))
            })
            .copied()
    }

    /// What the requirements weigh at the least: each takes what its cheapest set still weighs, and its members weigh as
    /// much less for the requirements after it (dual ascent).
    fn bound(&self, part: &[Requirement]) -> u128 {
        let mut order: Vec<&Requirement> = part.iter().collect();
        order.sort_by_key(|requirement| requirement.len());
        let mut left = self.weights.to_vec();
        let mut bound = 0;
        for requirement in order {
            let weigh = |set: &Vec<usize>| set.iter().map(|member| left[*member]).sum::<u128>();
            let cheapest = requirement.iter().map(weigh).min().unwrap_or_default();
            for member in members(std::slice::from_ref(requirement)) {
                left[member] -= left[member].min(cheapest);
            }
            bound += cheapest;
        }
        bound
    }

    /// A set that meets the requirements and is not far from the best: what meets most of them for its weight, again and
    /// again, and then without what is not needed.
    fn greedy(&self, part: &[Requirement]) -> Vec<usize> {
        let mut rest = part.to_vec();
        let mut chosen: Vec<usize> = Vec::new();
        while !rest.is_empty() {
            let mut met: std::collections::BTreeMap<&[usize], u128> =
                std::collections::BTreeMap::new();
            for set in rest.iter().flatten() {
                *met.entry(set).or_default() += 1;
            }
            // The weights of two are compared as fractions, by the other's count.
            let best = met.iter().reduce(|best, next| {
                let (a, b) = (self.weight(best.0), self.weight(next.0));
                if b.saturating_mul(*best.1) < a.saturating_mul(*next.1) {
                    next
                } else {
                    best
                }
            });
            let Some(set) = best.map(|(set, _)| set.to_vec()) else {
                break;
            };
            for member in set {
                rest = with(&rest, member);
                chosen.push(member);
            }
            rest.retain(|requirement| requirement.iter().all(|set| !set.is_empty()));
        }
        let meets = |chosen: &[usize]| {
            part.iter().all(|requirement| {
                requirement
                    .iter()
                    .any(|set| set.iter().all(|member| chosen.contains(member)))
            })
        };
        let mut heavy_first = chosen.clone();
        heavy_first.sort_by_key(|member| std::cmp::Reverse(self.weights[*member]));
        for member in heavy_first {
            let fewer: Vec<usize> = chosen
                .iter()
                .copied()
                .filter(|one| *one != member)
                .collect();
            if meets(&fewer) {
                chosen = fewer;
            }
        }
        chosen
    }
}

/// Leaves out the sets of a requirement that hold all of another one.
fn least(requirement: &mut Requirement) {
    requirement.sort_by_key(Vec::len);
    let mut kept: Vec<Vec<usize>> = Vec::new();
    for set in requirement.drain(..) {
        if !kept.iter().any(|known| holds(&set, known)) {
            kept.push(set);
        }
    }
    *requirement = kept;
}

/// Whether all of `part` is in `set`.
fn holds(set: &[usize], part: &[usize]) -> bool {
    part.iter().all(|member| set.contains(member))
}

/// A member without which a requirement cannot be met.
fn needed(requirement: &Requirement) -> Option<usize> {
    let (first, others) = requirement.split_first()?;
    let mut members = first.iter();
    members
        .find(|member| others.iter().all(|set| set.contains(member)))
        .copied()
}

/// Leaves out the requirements that are met wherever another one is.
fn implied(rest: &mut Vec<Requirement>) {
    let implies = |one: &Requirement, other: &Requirement| {
        one.iter()
            .all(|set| other.iter().any(|part| holds(set, part)))
    };
    // Those with few sets imply those with many.
    rest.sort();
    rest.dedup();
    rest.sort_by_key(Vec::len);
    let mut kept: Vec<Requirement> = Vec::new();
    for requirement in rest.drain(..) {
        if !kept.iter().any(|known| implies(known, &requirement)) {
            kept.push(requirement);
        }
    }
    *rest = kept;
}

/// The requirements once a member is chosen.
fn with(rest: &[Requirement], member: usize) -> Vec<Requirement> {
    let mut rest = rest.to_vec();
    for set in rest.iter_mut().flatten() {
        set.retain(|one| *one != member);
    }
    rest
}

/// The requirements where a member may not be chosen.
fn without(rest: &[Requirement], member: usize) -> Vec<Requirement> {
    let mut rest = rest.to_vec();
    for requirement in &mut rest {
        requirement.retain(|set| !set.contains(&member));
    }
    rest
}

/// All members that requirements ask for, sorted.
fn members(rest: &[Requirement]) -> Vec<usize> {
    let mut members: Vec<usize> = rest.iter().flatten().flatten().copied().collect();
    members.sort_unstable();
    members.dedup();
    members
}

/// The member that most requirements ask for.
fn most_wanted(rest: &[Requirement], count: usize) -> usize {
    let mut wanted = vec![0_usize; count];
    for requirement in rest {
        for member in members(std::slice::from_ref(requirement)) {
            wanted[member] += 1;
        }
    }
    let most = (0..count).rev().max_by_key(|member| wanted[*member]);
    most.unwrap_or_default()
}

/// The requirements divided into those that have no members in common.
fn parts(rest: Vec<Requirement>) -> Vec<Vec<Requirement>> {
    let mut parts: Vec<(Vec<usize>, Vec<Requirement>)> = Vec::new();
    for requirement in rest {
        let mut own = (
            members(std::slice::from_ref(&requirement)),
            vec![requirement],
        );
        let (joined, apart): (Vec<_>, Vec<_>) = parts
            .into_iter()
            .partition(|(members, _)| members.iter().any(|member| own.0.contains(member)));
        for (members, requirements) in joined {
            own.0.extend(members);
            own.1.extend(requirements);
        }
        parts = apart;
        parts.push(own);
    }
    parts.into_iter().map(|(_, part)| part).collect()
}
