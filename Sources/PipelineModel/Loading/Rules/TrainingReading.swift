/// Reads the training rules' file.
struct TrainingReader {
    /// Ids of the pipeline's indicators; `nil` where their file is broken, and nothing can be said of them.
    let indicators: [String]?
    let problems: ConfigurationProblems

    func read(_ root: YAMLNode) -> TrainingRules {
        let section = YAMLSection<TrainingKey>(root, problems)
        var rules = TrainingRules(citation: section.label(.citation))
        rules.completionMonths = section.integer(.completionMonths) ?? rules.completionMonths
        rules.gapBelow = section.number(.gapBelow) ?? rules.gapBelow
        rules.order = order(section) ?? rules.order
        rules.courses = courses(section)
        rules.required = section.sections(.required, RequiredCourseKey.self).compactMap { required($0, rules.courses) }
        return rules
    }

    /// The order of the file; reasons that it does not name come after those that it does.
    private func order(_ section: YAMLSection<TrainingKey>) -> [TrainingReason]? {
        guard let named = section.choices(.order, TrainingReason.self) else { return nil }
        if Set(named).count < named.count {
            problems.report(.conflictingKeys, at: section.place(.order), "`order` names a reason twice", hint: "name each once")
        }
        return named + TrainingReason.allCases.filter { !named.contains($0) }
    }

    private func courses(_ section: YAMLSection<TrainingKey>) -> [TrainingRules.Course] {
        var courses: [TrainingRules.Course] = []
        var lines: [String: Int] = [:]
        for item in section.sections(.courses, CourseKey.self) {
            var course = TrainingRules.Course(id: item.text(.id) ?? "", name: item.text(.name) ?? "", label: item.label(.label))
            course.capacity = item.integer(.capacity)
            course.reasons = item.choices(.reasons, TrainingReason.self) ?? []
            course.dimensions = item.choices(.dimensions, Dimension.self) ?? []
            course.indicators = item.texts(.indicators)
            course.validYears = item.integer(.validYears)
            for node in item.items(.indicators) {
                guard let id = node.scalar, let indicators, !indicators.contains(id) else { continue }
                problems.report(
                    .unknownIndicator, at: node.place, value: id, "there is no indicator \(id)", hint: NearestName.hint(for: id, among: indicators))
            }
            guard let id = item.text(.id) else { continue }
            if let line = lines[id] {
                problems.report(
                    .duplicateID, at: item.place(.id), value: id, "the course \(id) is there already, in line \(line)", hint: "give each its own id")
                continue
            }
            lines[id] = item.place(.id).line
            courses.append(course)
        }
        return courses
    }

    private func required(_ item: YAMLSection<RequiredCourseKey>, _ courses: [TrainingRules.Course]) -> TrainingRules.RequiredCourse? {
        let conditions = ConditionReader(fields: MappedFields(.cadreInPost, problems: problems), allowsAsOf: true, keepsFacts: false)
        let condition = item.node(.where).flatMap(conditions.read)
        let citation = item.label(.citation)
        guard let id = item.text(.course), let condition else { return nil }
        guard let course = courses.first(where: { $0.id == id }), course.reasons.contains(.requiredCourse) else {
            problems.report(
                .unknownCourse, at: item.place(.course), value: id, "there is no course \(id) that is for `requiredCourse`",
                hint: NearestName.hint(for: id, among: courses.filter { $0.reasons.contains(.requiredCourse) }.map(\.id)))
            return nil
        }
        return TrainingRules.RequiredCourse(course: id, condition: condition, graceMonths: item.integer(.graceMonths) ?? 0, citation: citation)
    }
}
