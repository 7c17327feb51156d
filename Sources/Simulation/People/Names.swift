/// Names drawn from common surnames and given characters, so that they sound real and are nobody's.
enum Names {
    /// Surnames with their rough weight in Wenzhou, in per mille.
    private static let surnames: [(String, Int)] = [
        ("陈", 112), ("林", 72), ("王", 66), ("张", 60), ("黄", 54), ("李", 50), ("周", 42), ("吴", 38), ("徐", 36), ("叶", 34), ("郑", 32), ("金", 30),
        ("朱", 28), ("潘", 24), ("胡", 24), ("杨", 22), ("谢", 20), ("蔡", 20), ("项", 18), ("邵", 14), ("夏", 14), ("赵", 14), ("刘", 14), ("孙", 14),
        ("何", 12), ("戴", 12), ("池", 10), ("麻", 8), ("缪", 8), ("翁", 8), ("温", 8), ("苏", 8), ("倪", 8), ("卢", 8), ("施", 8), ("章", 8), ("程", 6),
        ("曾", 6), ("余", 6), ("董", 6), ("包", 6), ("姜", 6), ("诸葛", 2), ("欧阳", 2),
    ]
    private static let surnameTotal = surnames.reduce(0) { $0 + $1.1 }
    private static let shared = Array("文海明晓建志国春永华新林平安宏思嘉子宇一").map(String.init)
    private static let male = Array("伟强军勇杰涛斌波辉刚健峰磊超鹏飞鑫亮龙东浩凯俊毅彬旭武良荣").map(String.init)
    private static let female = Array("丽芳娟敏静秀霞燕玲莉婷慧琴萍红洁雪梅倩颖琳怡欣蓉佳瑶薇岚珍").map(String.init)

    /// A surname and one or two given characters.
    static func name(female isFemale: Bool, using generator: inout SeededGenerator) -> String {
        var place = generator.below(surnameTotal)
        var name = ""
        for (surname, weight) in surnames {
            if place < weight {
                name = surname
                break
            }
            place -= weight
        }
        let own = isFemale ? female : male
        if generator.chance(0.82) { name += shared[generator.below(shared.count)] }
        return name + own[generator.below(own.count)]
    }

    /// The surname of a name that was drawn here.
    static func surname(of name: String) -> String {
        surnames.first { $0.0.count == 2 && name.hasPrefix($0.0) }?.0 ?? String(name.prefix(1))
    }

    /// The name with one character written wrong, as a clerk hears it: another that names are made of.
    static func misspelt(_ name: String, using generator: inout SeededGenerator) -> String {
        var characters = name.map(String.init)
        let place = surname(of: name).count + generator.below(characters.count - surname(of: name).count)
        let others = (shared + male + female).filter { $0 != characters[place] }
        characters[place] = others[generator.below(others.count)]
        return characters.joined()
    }

    /// An ethnic group, with shares near those of the region: almost all Han, then She.
    static func ethnicGroup(using generator: inout SeededGenerator) -> String {
        generator.weighted(("汉族", 0.955), ("畲族", 0.028), ("回族", 0.006), ("满族", 0.004), ("苗族", 0.004), ("土家族", 0.003))
    }
}
