def classify(subject):
    match subject:
        case 0 | 1 | -1:
            return 'small'
        case 1.5 | 2 + 3j | 'text' | b'bytes':
            return 'literal'
        case None | True | False:
            return 'singleton'
        case []:
            return 'empty'
        case [x]:
            return x
        case [x, y, *rest] if x > y:
            return rest
        case (a, *_, b):
            return a, b
        case {'key': value, 'other': [1, 2], **rest}:
            return value, rest
        case {}:
            return 'mapping'
        case Point(x=0, y=0):
            return 'origin'
        case Point(x, y=1 as one) | Line(start=x, end=one):
            return x, one
        case str() as text:
            return text
        case module.CONSTANT:
            return 'constant'
        case _:
            return 'anything'


match = 1
match[case] = 2
match match, match:
    case match, case:
        pass
