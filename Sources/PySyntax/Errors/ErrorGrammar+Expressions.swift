// The expressions of the error pass's grammar. Notation: ErrorGrammar.swift.
// Rules: Language Reference, "Full Grammar specification", 3.10.

extension ErrorGrammar {
    static let expressions: StaticString = """
        expressions:
            | expression (',' expression)+ ','? => Tuple
            | expression ',' => Tuple
            | expression
        expression[memo]:
            | invalid_expression
            | invalid_legacy_expression
            | disjunction 'if' disjunction 'else' expression => IfExp
            | disjunction
            | lambdef
        expression_without_invalid[strict]:
            | disjunction 'if' disjunction 'else' expression => IfExp
            | disjunction
            | lambdef
        star_expressions:
            | a=star_expression b=(',' c=star_expression => $c)+ ','? => Tuple a b
            | a=star_expression ',' => Tuple a
            | star_expression
        star_expression[memo]: '*' a=bitwise_or => Starred a | expression
        star_named_expressions: a=','.star_named_expression+ ','? => $a
        star_named_expression: '*' a=bitwise_or => Starred a | named_expression
        assignment_expression: NAME ':=' ~ expression => ^8 "Assignment expressions are" NamedExpr
        named_expression: assignment_expression | invalid_named_expression | a=expression !':=' => $a
        yield_expr: 'yield' 'from' expression => Yield | 'yield' star_expressions? => Yield

        lambdef: 'lambda' lambda_params? ':' expression => Lambda
        lambda_params: invalid_lambda_parameters | lambda_parameters
        lambda_parameters:
            | lambda_slash_no_default lambda_param_no_default* lambda_param_with_default* lambda_star_etc? => ^8 "Positional-only parameters are"
            | lambda_slash_with_default lambda_param_with_default* lambda_star_etc? => ^8 "Positional-only parameters are"
            | lambda_param_no_default+ lambda_param_with_default* lambda_star_etc?
            | lambda_param_with_default+ lambda_star_etc?
            | lambda_star_etc
        lambda_slash_no_default: lambda_param_no_default+ '/' ',' | lambda_param_no_default+ '/' &':'
        lambda_slash_with_default:
            | lambda_param_no_default* lambda_param_with_default+ '/' ','
            | lambda_param_no_default* lambda_param_with_default+ '/' &':'
        lambda_star_etc:
            | '*' lambda_param_no_default lambda_param_maybe_default* lambda_kwds?
            | '*' ',' lambda_param_maybe_default+ lambda_kwds?
            | lambda_kwds
            | invalid_lambda_star_etc
        lambda_kwds: '**' lambda_param_no_default
        lambda_param_no_default: a=lambda_param ',' => $a | a=lambda_param &':' => $a
        lambda_param_with_default: lambda_param default ',' | lambda_param default &':'
        lambda_param_maybe_default: lambda_param default? ',' | lambda_param default? &':'
        lambda_param: NAME

        disjunction[memo]: conjunction ('or' conjunction)+ => Expression | conjunction
        conjunction[memo]: inversion ('and' inversion)+ => Expression | inversion
        inversion[memo]: 'not' inversion => Expression | comparison
        comparison: a=bitwise_or b=compare_op_bitwise_or_pair+ => Compare a b | bitwise_or
        compare_op_bitwise_or_pair:
            | eq_bitwise_or | noteq_bitwise_or | lte_bitwise_or | lt_bitwise_or | gte_bitwise_or | gt_bitwise_or
            | notin_bitwise_or | in_bitwise_or | isnot_bitwise_or | is_bitwise_or
        eq_bitwise_or: '==' bitwise_or => Other
        noteq_bitwise_or: (a='!=' => ?notEqual a) bitwise_or => Other
        lte_bitwise_or: '<=' bitwise_or => Other
        lt_bitwise_or: '<' bitwise_or => Other
        gte_bitwise_or: '>=' bitwise_or => Other
        gt_bitwise_or: '>' bitwise_or => Other
        notin_bitwise_or: 'not' 'in' bitwise_or => Other
        in_bitwise_or: 'in' bitwise_or => In
        isnot_bitwise_or: 'is' 'not' bitwise_or => Other
        is_bitwise_or: 'is' bitwise_or => Other
        bitwise_or[left]: bitwise_or '|' bitwise_xor => Expression | bitwise_xor
        bitwise_xor[left]: bitwise_xor '^' bitwise_and => Expression | bitwise_and
        bitwise_and[left]: bitwise_and '&' shift_expr => Expression | shift_expr
        shift_expr[left]: shift_expr '<<' sum => Expression | shift_expr '>>' sum => Expression | sum
        sum[left]: sum '+' term => Expression | sum '-' term => Expression | term
        term[left]:
            | term '*' factor => Expression
            | term '/' factor => Expression
            | term '//' factor => Expression
            | term '%' factor => Expression
            | term '@' factor => ^5 "The '@' operator is" Expression
            | factor
        factor[memo]: '+' factor => Expression | '-' factor => Expression | '~' factor => Expression | power
        power: await_primary '**' factor => Expression | await_primary
        await_primary[memo]: AWAIT primary => ^5 "Await expressions are" Await | primary
        primary[left]:
            | primary '.' NAME => Attribute
            | primary genexp => Call
            | primary '(' arguments? ')' => Call
            | primary '[' slices ']' => Subscript
            | atom
        slices: a=slice !',' => $a | ','.slice+ ','? => Tuple
        slice: expression? ':' expression? (':' expression?)? => Other | named_expression
        atom:
            | NAME => Name
            | 'True' => True
            | 'False' => False
            | 'None' => None
            | &STRING a=strings => $a
            | NUMBER => ?number
            | &'(' a=(tuple | group | genexp) => $a
            | &'[' a=(list | listcomp) => $a
            | &'{' a=(dict | set | dictcomp | setcomp) => $a
            | '...' => Ellipsis
        strings[memo]: a=STRING+ => ?strings a
        list: '[' a=star_named_expressions? ']' => List a
        listcomp: '[' named_expression for_if_clauses ']' => ListComp | invalid_comprehension
        tuple: '(' a=(b=star_named_expression ',' c=star_named_expressions? => Sequence b c)? ')' => Tuple a
        group: '(' a=(yield_expr | named_expression) ')' => $a | invalid_group
        genexp: '(' (assignment_expression | expression !':=') for_if_clauses ')' => GeneratorExp | invalid_comprehension
        set: '{' star_named_expressions '}' => Set
        setcomp: '{' named_expression for_if_clauses '}' => SetComp | invalid_comprehension
        dict: '{' double_starred_kvpairs? '}' => Dict | '{' invalid_double_starred_kvpairs '}'
        dictcomp: '{' kvpair for_if_clauses '}' => DictComp | invalid_dict_comprehension
        double_starred_kvpairs: a=','.double_starred_kvpair+ ','? => $a
        double_starred_kvpair: '**' bitwise_or => Other | kvpair
        kvpair: expression ':' expression => Other
        for_if_clauses: for_if_clause+
        for_if_clause:
            | ASYNC 'for' star_targets 'in' ~ a=disjunction b=('if' c=disjunction => $c)* => ^6 "Async comprehensions are" Clause a b
            | 'for' star_targets 'in' ~ a=disjunction b=('if' c=disjunction => $c)* => Clause a b
            | invalid_for_target

        arguments[memo]: a=args ','? &')' => $a | invalid_arguments
        args:
            | a=','.(starred_expression | b=(assignment_expression | c=expression !':=' => $c) !'=' => $b)+ d=(',' e=kwargs => $e)? => Arguments a d
            | a=kwargs => Arguments a
        kwargs:
            | a=','.kwarg_or_starred+ ',' b=','.kwarg_or_double_starred+ => Sequence a b
            | ','.kwarg_or_starred+
            | ','.kwarg_or_double_starred+
        starred_expression: '*' a=expression => Starred a
        kwarg_or_starred: invalid_kwarg | NAME '=' expression => Keyword | starred_expression
        kwarg_or_double_starred: invalid_kwarg | NAME '=' expression => Keyword | '**' expression => KeywordUnpacking

        type_expressions:
            | ','.expression+ ',' '*' expression ',' '**' expression
            | ','.expression+ ',' '*' expression
            | ','.expression+ ',' '**' expression
            | '*' expression ',' '**' expression
            | '*' expression
            | '**' expression
            | ','.expression+
        """

    /// Mistakes in expressions.
    static let invalidExpressions: StaticString = """
        invalid_expression:
            | !(NAME STRING | SOFT_KEYWORD) a=disjunction b=expression_without_invalid => ?missingComma a b
            | a=disjunction 'if' b=disjunction !('else' | ':') => !range a b "expected 'else' after 'if' expression"
        invalid_legacy_expression: a=NAME !'(' b=star_expressions => ?legacyStatement a b
        invalid_named_expression[memo]:
            | a=expression ':=' expression => !at a "cannot use assignment expressions with {a}"
            | a=NAME '=' b=bitwise_or !('=' | ':=') => !range a b "invalid syntax. Maybe you meant '==' or ':=' instead of '='?"
            | !(list | tuple | genexp | 'True' | 'None' | 'False') a=bitwise_or '=' bitwise_or !('=' | ':=') => !at a "cannot assign to {a} here. Maybe you meant '==' instead of '='?"
        invalid_arguments:
            | a=args ',' '*' => !at a "iterable argument unpacking follows keyword argument unpacking"
            | a=expression b=for_if_clauses ',' (args | expression for_if_clauses)? => ?bareGenerator a b
            | a=NAME b='=' expression for_if_clauses => !range a b "invalid syntax. Maybe you meant '==' or ':=' instead of '='?"
            | a=args b=for_if_clauses => ?bareGeneratorInCall a b
            | args ',' a=expression b=for_if_clauses => ?bareGenerator a b
            | a=args ',' args => ?argumentOrder a
        invalid_kwarg:
            | a=('True' | 'False' | 'None') b='=' => !range a b "cannot assign to {a.text}"
            | a=NAME b='=' expression for_if_clauses => !range a b "invalid syntax. Maybe you meant '==' or ':=' instead of '='?"
            | !(NAME '=') a=expression b='=' => !range a b "expression cannot contain assignment, perhaps you meant \\"==\\"?"
        invalid_comprehension:
            | ('[' | '(' | '{') a=starred_expression for_if_clauses => !at a "iterable unpacking cannot be used in comprehension"
            | ('[' | '{') a=star_named_expression ',' b=star_named_expressions for_if_clauses => ?bareTargets a b
            | ('[' | '{') a=star_named_expression b=',' for_if_clauses => !range a b "did you forget parentheses around the comprehension target?"
        invalid_dict_comprehension: '{' a='**' bitwise_or for_if_clauses '}' => !at a "dict unpacking cannot be used in dict comprehension"
        invalid_group:
            | '(' a=starred_expression ')' => !at a "cannot use starred expression here"
            | '(' a='**' expression ')' => !at a "cannot use double starred expression here"
        invalid_double_starred_kvpairs:
            | ','.double_starred_kvpair+ ',' invalid_kvpair
            | expression ':' a='*' bitwise_or => !from a "cannot use a starred expression in a dictionary value"
            | expression a=':' &('}' | ',') => !at a "expression expected after dictionary key and ':'"
        invalid_kvpair:
            | a=expression !':' => ?missingColon a
            | expression ':' a='*' bitwise_or => !from a "cannot use a starred expression in a dictionary value"
            | expression a=':' &('}' | ',') => !at a "expression expected after dictionary key and ':'"
        invalid_lambda_parameters: lambda_param_no_default* invalid_lambda_parameters_helper a=lambda_param_no_default => !at a "non-default argument follows default argument"
        invalid_lambda_parameters_helper: lambda_slash_with_default | lambda_param_with_default+
        invalid_lambda_star_etc: '*' (':' | ',' (':' | '**')) => !here "named arguments must follow bare *"
        """
}
