# What owns a descriptor gives it back when it is collected: sockets and their kin, epoll, files, directories.
import _socket, gc, os, select, socket, tempfile, warnings

def count():
    gc.collect()
    return len(os.listdir('/dev/fd'))
class Mine(socket.socket): pass
def sockets():
    for kind in (socket.socket, _socket.socket, Mine): kind()
    socket.socketpair()
    server = socket.create_server(('127.0.0.1', 0))
    client = socket.create_connection(server.getsockname())
    server.accept()
    client.makefile('rb')
def polls():
    if hasattr(select, 'epoll'): select.epoll()
def files():
    open(__file__)
    open(__file__, 'rb', buffering=0)
    tempfile.TemporaryFile()
with warnings.catch_warnings(record=True) as caught:
    warnings.simplefilter('always')
    before = count()
    for make in (sockets, polls, files):
        make()
        print(make.__name__, count() - before)
    def scan(): next(os.scandir('/'))
    scan()
    print(count() - before)
texts = {str(w.message).split(' at 0x')[0].split(' fd=')[0] for w in caught if w.category is ResourceWarning}
print(sorted(t.split(',')[0] for t in texts if 'socket' in t or 'scandir' in t))
# expect: sockets 0
# expect: polls 0
# expect: files 0
# expect: 0
# expect: ['unclosed <socket object', 'unclosed <socket.socket', 'unclosed scandir iterator <posix.ScandirIterator object']
