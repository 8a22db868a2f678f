# PEP 578: what the interpreter tells an audit hook, and that the hook is not traced unless it asks to be.
import gc, sys

seen = []
listens = False
def hook(event, arguments):
    if listens: seen.append((event, arguments))
sys.addaudithook(hook)

def events(function, *arguments):
    global listens
    seen.clear()
    listens = True
    try: function(*arguments)
    except Exception as problem: print(type(problem).__name__, end=' ')
    finally: listens = False
    return seen[:]

def names(function, *arguments): return [event for event, _ in events(function, *arguments)]
def f(): pass

print(names(eval, '1'), events(eval, '1')[0][1])
print(names(exec, 'def g(): pass'), names(eval, compile('1', 'x', 'eval')), names(compile, '1 +', '/none', 'eval')[:1])
print([e[0] for e in events(__import__, 'no_such_module') if not e[0].startswith('os.')], events(__import__, 'no_such_module')[0][1][:2], events(__import__, 'sys'))
print(events(gc.get_objects, 1)[0], events(gc.get_referrers, f)[0][1] == ((f,),), events(gc.get_referents, [], 1))
print(names(sys.settrace, None), names(sys.setprofile, None), names(sys._getframe), names(sys._current_frames))
print(events(id, 3) == [('builtins.id', (id(3),))])
print(names(lambda: f.__code__), names(lambda: setattr(f, '__defaults__', (1,))), names(lambda: delattr(f, '__kwdefaults__')))
print(names(type(f), f.__code__, {}), names(f.__code__.replace), [len(a) for e, a in events(f.__code__.replace) if e == 'code.__new__'])
sys.breakpointhook = lambda: None
print(names(breakpoint), names(lambda: sys.set_asyncgen_hooks(None, None)))
print(hook in gc.get_referrers(hook), any(hook in o for o in gc.get_objects() if type(o) is list))

class Hook:
    on = False
    def __call__(self, event, arguments):
        if Hook.on: pass
calls = []
def trace(frame, event, argument):
    if frame.f_code is Hook.__call__.__code__: calls.append(event)
traced = Hook()
sys.addaudithook(traced)
sys.settrace(trace)
eval('1')
traced.__cantrace__ = False
eval('2')
traced.__cantrace__ = True
eval('3')
sys.settrace(None)
print(calls)
traced.__cantrace__ = False

def refuse(event, arguments):
    if event == 'builtins.id': raise RuntimeError('no ids here')
sys.addaudithook(refuse)
try: id(1)
except RuntimeError as problem: print(problem)
# expect: ['compile', 'exec'] (b'1', '<string>')
# expect: SyntaxError ['compile', 'exec'] ['exec'] ['compile']
# expect: ModuleNotFoundError ModuleNotFoundError ['import'] ('no_such_module', None) []
# expect: ('gc.get_objects', (1,)) True [('gc.get_referents', (([], 1),))]
# expect: ['sys.settrace'] ['sys.setprofile'] ['sys._getframe'] ['sys._current_frames']
# expect: True
# expect: ['object.__getattr__'] ['object.__setattr__'] ['object.__delattr__']
# expect: ['function.__new__'] ['code.__new__'] [9]
# expect: ['builtins.breakpoint'] ['sys.set_asyncgen_hook_finalizer', 'sys.set_asyncgen_hook_firstiter']
# expect: False False
# expect: ['call', 'call', 'call']
# expect: no ids here
