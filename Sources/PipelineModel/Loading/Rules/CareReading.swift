/// Reads the care rules' file.
struct CareReader {
    let catalogue: SourceCatalogue
    let problems: ConfigurationProblems

    func read(_ root: YAMLNode) -> CareRules {
        let section = YAMLSection<CareKey>(root, problems)
        return CareRules(
            hardship: section.section(.hardshipService, HardshipServiceKey.self).map { part in
                CareRules.HardshipRule(
                    minimumGrade: part.integer(.minimumGrade) ?? 1, minimumYears: part.number(.minimumYears) ?? 0, citation: part.label(.citation))
            },
            annualLeave: section.section(.annualLeave, AnnualLeaveKey.self).map(annualLeave),
            overload: section.section(.overload, OverloadKey.self).map { part in
                if let measure = part.text(.measure) { catalogue.checkMeasure(measure, needsValue: false, at: part.place(.measure)) }
                return CareRules.OverloadRule(
                    measure: part.text(.measure) ?? "", months: part.integer(.months) ?? 3, level: part.number(.level) ?? 0.95,
                    citation: part.label(.citation))
            },
            promotion: section.section(.promotion, PromotionKey.self).map { part in
                CareRules.PromotionRule(months: part.integer(.months) ?? 12, ladders: ladders(part), citation: part.label(.citation))
            })
    }

    private func annualLeave(_ section: YAMLSection<AnnualLeaveKey>) -> CareRules.AnnualLeaveRule {
        var entitlements: [CareRules.AnnualLeaveRule.Entitlement] = []
        for item in section.sections(.entitlements, EntitlementKey.self) {
            let entitlement = CareRules.AnnualLeaveRule.Entitlement(
                years: item.integer(.years) ?? 0, days: item.integer(.days) ?? 0, sickDays: item.integer(.sickDays))
            if let last = entitlements.last, item.has(.years), last.years >= entitlement.years {
                problems.report(
                    .boundsReversed, at: item.place(.years), value: "\(entitlement.years)", "the years do not ascend: \(entitlement.years) after \(last.years)",
                    hint: "list the entitlements by years of work, fewest first")
            }
            entitlements.append(entitlement)
        }
        return CareRules.AnnualLeaveRule(
            entitlements: entitlements, personalDays: section.integer(.personalDays), exceptKinds: section.choices(.exceptKinds, KindOfBody.self) ?? [],
            minimumUnused: section.integer(.minimumUnused) ?? 5, citation: section.label(.citation))
    }

    /// A rank stands on one ladder, once: else a step up would depend on where one looks.
    private func ladders(_ section: YAMLSection<PromotionKey>) -> [[String]] {
        var lines: [String: Int] = [:]
        return section.sections(.ladders, LadderKey.self).map { ladder in
            for node in ladder.items(.ranks) {
                guard let rank = node.scalar else { continue }
                if let line = lines[rank] {
                    problems.report(
                        .duplicateID, at: node.place, value: rank, "the rank \(rank) is on a ladder already, in line \(line)", hint: "keep it on one ladder")
                }
                lines[rank] = lines[rank] ?? node.place.line
            }
            return ladder.texts(.ranks)
        }
    }
}
